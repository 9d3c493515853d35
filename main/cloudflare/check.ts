import { fail, succeed } from '../engine/failure.ts'
import type { EpochMs, Failure, Result } from '../engine/failure.ts'
import type { TokenVerdict } from '../engine/model.ts'
import { listAccounts } from './account-listing.ts'
import type { Account } from './account-listing.ts'
import { probeCapabilities, unprobedCapabilities } from './capability-probes.ts'
import type { Capability } from './capability-probes.ts'
import { Conversation } from './conversation.ts'
import { startDeadline } from './deadline.ts'
import { isRefused, verifyAs } from './token-verification.ts'
import { defaultDeadlineMs, defaultMaxBytes, trimAddress } from './transfer.ts'
import type { Wire } from './transfer.ts'

export interface CheckOptions {
  readonly baseUrl: string
  readonly fetch: typeof globalThis.fetch
  readonly token: string
  /** The account to probe; null: the only one that the token lists, if there is only one. */
  readonly account: string | null
  /** For each request. */
  readonly deadlineMs?: number
  readonly now: () => EpochMs
}

/** What checking a token told. */
export interface CheckReport {
  readonly owner: 'user' | 'account'
  /** null: the token does not expire, or it was not verified yet (then `refusal` says what is missing). */
  readonly expiresOn: EpochMs | null
  /** null: this token cannot list accounts; the account id must be typed. */
  readonly accounts: readonly Account[] | null
  /** The account that was probed; null when none was chosen yet. */
  readonly account: Account | null
  readonly capabilities: readonly Capability[]
  /** null: it can be watched with; else why not, and what to do. */
  readonly refusal: string | null
}

/** Carries one request, or a few that belong together, under a deadline of their own. */
export type Converse = <T>(talk: (conversation: Conversation) => Promise<T>) => Promise<T>

/**
 * Finds out what a token is and what it can do, asking for each thing once. Fails when Cloudflare cannot be asked or does
 * not know the token; a token that is known but of no use here is a report with a refusal.
 */
export async function checkToken(options: CheckOptions): Promise<Result<CheckReport>> {
  if (options.account !== null && !/^[\w-]{1,64}$/.test(options.account)) {
    return fail({
      kind: 'rejected',
      status: 400,
      detail: 'This is not an account id: 32 characters, 0 to 9 and a to f',
    })
  }
  const converse = prepare(options)
  const asUser = await converse((conversation) => verifyAs('user', conversation, ''))
  if (!asUser.ok && !isRefused(asUser.failure)) return asUser
  const accounts = await converse(listAccounts)
  if (!accounts.ok && !isRefused(accounts.failure)) return accounts
  const listed = accounts.ok ? accounts.value : null

  const account = choose(options.account, listed)
  if (account === null) return succeed(reportWithoutAccount(asUser, listed))

  const verdict = asUser.ok ? asUser : await converse((conversation) => verifyAs('account', conversation, account.id))
  if (!verdict.ok) return fail(explainUnknown(verdict.failure))

  const { capabilities, unanswered } = await probeCapabilities(converse, account.id, options.now())
  if (unanswered !== null) return fail(unanswered)
  const report = {
    owner: verdict.value.owner,
    expiresOn: verdict.value.expiresOn,
    accounts: listed,
    account,
    capabilities,
  }
  return succeed({ ...report, refusal: refuse(verdict.value, capabilities) })
}

function prepare(options: CheckOptions): Converse {
  const wire: Wire = {
    baseUrl: trimAddress(options.baseUrl),
    fetch: options.fetch,
    deadlineMs: options.deadlineMs ?? defaultDeadlineMs,
    maxBytes: defaultMaxBytes,
    now: options.now,
  }
  return async (talk) => {
    const deadline = startDeadline(wire.deadlineMs)
    try {
      return await talk(new Conversation(wire, options.token, deadline))
    } finally {
      deadline.release()
    }
  }
}

function choose(typed: string | null, listed: readonly Account[] | null): Account | null {
  if (typed !== null) return listed?.find(({ id }) => id === typed) ?? { id: typed, name: typed }
  return listed?.length === 1 ? (listed[0] ?? null) : null
}

function reportWithoutAccount(asUser: Result<TokenVerdict>, accounts: readonly Account[] | null): CheckReport {
  const found = accounts?.length ?? 0
  return {
    owner: asUser.ok ? 'user' : 'account',
    expiresOn: asUser.ok ? asUser.value.expiresOn : null,
    accounts,
    account: null,
    capabilities: unprobedCapabilities(),
    refusal:
      found > 0
        ? `This token reaches ${found} accounts. Choose one, then check again.`
        : asUser.ok
          ? 'This token lists no accounts. Type the account id, then check again.'
          : 'Cloudflare does not know this as a token of a user. If it belongs to an account, type the account id, then check again.',
  }
}

/** Neither place knows it. What was typed wrong may be the token or the account. */
function explainUnknown(failure: Failure): Failure {
  if (!isRefused(failure)) return failure
  return {
    kind: 'unauthorized',
    detail: `Cloudflare knows it neither as a user's nor as this account's token (${failure.detail})`.slice(0, 200),
  }
}

/** Why the token cannot be watched with, and what to do; null: it can. */
function refuse(verdict: TokenVerdict, capabilities: readonly Capability[]): string | null {
  if (verdict.status !== 'active') {
    return `Cloudflare says that this token is ${verdict.status}. Make a new one, or have this one enabled again.`
  }
  const missing = capabilities.filter(({ name, can }) => (name === 'fleet' || name === 'override') && can === 'no')
  if (missing.length === 0) return null
  const sentences = missing.map(({ sentence }) => sentence).join(' ')
  return `${sentences} Fleetlight needs both to watch: add the permission group "Zero Trust Read" to the token, for this account, then check again.`
}
