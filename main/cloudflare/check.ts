import { fail, succeed } from '../engine/failure.ts'
import type { EpochMs, Failure, Result } from '../engine/failure.ts'
import type { TokenVerdict } from '../engine/model.ts'
import { isAccountId } from './account-id.ts'
import { listAccounts } from './account-listing.ts'
import type { Account } from './account-listing.ts'
import { probeCapabilities, unprobedCapabilities } from './capability-probes.ts'
import type { Capability } from './capability-probes.ts'
import {
  explainNoAccount,
  explainStatus,
  explainTooLittle,
  explainUnknownToken,
  notAnAccountId,
} from './check-words.ts'
import { Conversation, isTokenShaped, notAToken } from './conversation.ts'
import { startDeadline } from './deadline.ts'
import { isRefused, verifyAs } from './token-verification.ts'
import { openWire } from './wire.ts'
import type { WireOptions } from './wire.ts'

/** The deadline of the wire is for each request by itself. */
export interface CheckOptions extends WireOptions {
  readonly token: string
  /** The account to probe; null: the only one that the token lists, if there is only one. */
  readonly account: string | null
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
  if (!isTokenShaped(options.token)) return fail(notAToken)
  const wire = openWire(options)
  const converse: Converse = async (talk) => {
    const deadline = startDeadline(wire.deadlineMs)
    try {
      return await talk(new Conversation(wire, options.token, deadline))
    } finally {
      deadline.release()
    }
  }

  const asUser = await converse((conversation) => verifyAs('user', conversation, ''))
  if (!asUser.ok && !isRefused(asUser.failure)) return asUser
  const listing = await converse(listAccounts)
  if (!listing.ok && options.account === null && !isUnlistable(listing.failure)) return listing
  const accounts = listing.ok ? listing.value : null

  const account = choose(options.account, accounts)
  if (account === null) {
    const report = reportUnprobed(asUser.ok ? asUser.value : null, accounts)
    return succeed(options.account === null ? report : { ...report, refusal: notAnAccountId })
  }
  const verdict = asUser.ok ? asUser : await converse((conversation) => verifyAs('account', conversation, account.id))
  if (!verdict.ok) return fail(isRefused(verdict.failure) ? explainUnknownToken(verdict.failure) : verdict.failure)
  const { owner, expiresOn, status } = verdict.value
  if (status !== 'active') return succeed({ ...reportUnprobed(verdict.value, accounts), account })

  const probed = await probeCapabilities(converse, account.id, wire.now())
  if (probed.unanswered !== null) return fail(probed.unanswered)
  const { capabilities, lacking } = probed
  return succeed({ owner, expiresOn, accounts, account, capabilities, refusal: explainTooLittle(lacking) })
}

function choose(typed: string | null, listed: readonly Account[] | null): Account | null {
  if (typed !== null && !isAccountId(typed)) return null
  if (typed !== null) return listed?.find(({ id }) => id === typed) ?? { id: typed, name: typed }
  return listed?.length === 1 ? (listed[0] ?? null) : null
}

/** `verdict` null: users' tokens do not include it, so it is an account's or nobody's. */
function reportUnprobed(verdict: TokenVerdict | null, accounts: readonly Account[] | null): CheckReport {
  const isUnusable = verdict !== null && verdict.status !== 'active'
  return {
    owner: verdict?.owner ?? 'account',
    expiresOn: verdict?.expiresOn ?? null,
    accounts,
    account: null,
    capabilities: unprobedCapabilities(
      isUnusable ? 'because Cloudflare does not take this token' : 'before an account is chosen',
    ),
    refusal: isUnusable ? explainStatus(verdict.status) : explainNoAccount(verdict !== null, accounts?.length ?? 0),
  }
}

/** The list was answered, but not with one: the account can be typed instead. */
function isUnlistable(failure: Failure): boolean {
  return isRefused(failure) || failure.kind === 'badShape'
}
