import type { EpochMs } from '../../engine/failure.ts'
import type { AccountClock } from '../clock.ts'
import { hexDigits } from '../fleet/identifiers.ts'

/** Who did something, as the audit log names them. */
export interface AuditActor {
  readonly type: 'user' | 'account'
  readonly context: 'dash' | 'api_token'
  readonly id: string
  readonly ip_address: string
  readonly email?: string
  readonly token_id?: string
  readonly token_name?: string
}

/** What was done. */
export interface AuditedAct {
  readonly actor: AuditActor
  readonly method: string
  /** Without the version in front. */
  readonly uri: string
  readonly statusCode: number
  readonly product: string
  readonly type: string
  readonly request: Readonly<Record<string, unknown>>
  readonly response: Readonly<Record<string, unknown>>
  readonly userAgent: string
}

/** An entry as the second version of the audit log gives it. */
export interface AuditEntry {
  readonly account: { readonly id: string; readonly name: string }
  readonly action: { readonly result: 'success' | 'failure'; readonly time: string; readonly type: string }
  readonly actor: AuditActor
  readonly id: string
  readonly raw: {
    readonly cf_ray_id: string
    readonly method: string
    readonly status_code: number
    readonly uri: string
    readonly user_agent: string
  }
  readonly resource: {
    readonly id: string
    readonly product: string
    readonly type: string
    readonly request: Readonly<Record<string, unknown>>
    readonly response: Readonly<Record<string, unknown>>
  }
}

interface Kept {
  readonly entry: AuditEntry
  readonly shownAt: EpochMs
  /** In the account's life. */
  readonly visibleFrom: EpochMs
}

/** The account's audit log. An entry can be read once the delay has passed; how long it is, is not documented. */
export class AuditLog {
  readonly #account: { readonly id: string; readonly name: string }
  readonly #clock: AccountClock
  readonly #seed: number
  readonly #delayMs: number
  readonly #kept: Kept[] = []

  constructor(
    account: { readonly id: string; readonly name: string },
    clock: AccountClock,
    seed: number,
    delayMinutes: number,
  ) {
    this.#account = account
    this.#clock = clock
    this.#seed = seed
    this.#delayMs = delayMinutes * 60_000
  }

  /** Adds what was done, now or so long ago. */
  add(act: AuditedAct, agoMs = 0): void {
    const shownAt = this.#clock.now() - agoMs
    const id = hexDigits(this.#seed, 9_000_011 + this.#kept.length, 32)
    this.#kept.push({
      entry: toEntry(act, this.#account, id, shownAt),
      shownAt,
      visibleFrom: this.#clock.lived() - agoMs + this.#delayMs,
    })
  }

  /** The entries of [since, before) that can be read by now, oldest first. */
  entries(since: EpochMs, before: EpochMs): readonly AuditEntry[] {
    const lived = this.#clock.lived()
    return this.#kept
      .filter(({ shownAt, visibleFrom }) => shownAt >= since && shownAt < before && visibleFrom <= lived)
      .sort((one, other) => one.shownAt - other.shownAt)
      .map(({ entry }) => entry)
  }
}

function toEntry(
  act: AuditedAct,
  account: { readonly id: string; readonly name: string },
  id: string,
  at: EpochMs,
): AuditEntry {
  return {
    account,
    action: {
      result: act.statusCode < 400 ? 'success' : 'failure',
      time: new Date(at).toISOString(),
      type: act.method === 'POST' ? 'create' : 'update',
    },
    actor: act.actor,
    id,
    raw: {
      cf_ray_id: id.slice(0, 16),
      method: act.method,
      status_code: act.statusCode,
      uri: act.uri,
      user_agent: act.userAgent,
    },
    resource: {
      id: account.id,
      product: act.product,
      type: act.type,
      request: act.request,
      response: act.response,
    },
  }
}
