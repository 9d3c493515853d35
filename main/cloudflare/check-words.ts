import type { Failure } from '../engine/failure.ts'
import type { Lack } from './capability-probes.ts'
import { plainLine } from './plain-text.ts'

/** Neither place knows it. What was typed wrong may be the token or the account. */
export function explainUnknownToken(failure: Failure): Failure {
  const detail = `Cloudflare knows it neither as a user's nor as this account's token (${failure.detail})`
  return { kind: 'unauthorized', detail: plainLine(detail, 200) }
}

/** A token that Cloudflare knows but does not take, such as a disabled or an expired one. */
export function explainStatus(status: string): string {
  const remedy = status === 'expired' ? 'Give it a later end' : 'Have it enabled again'
  return `Cloudflare says that this token is ${status}. ${remedy} in the dashboard, or make a new token.`
}

export const notAnAccountId =
  'This is not an account id: those have 32 characters, 0 to 9 and a to f. Copy it from the address of the dashboard, then check again.'

/** Why there is no account to probe, and how to name one. */
export function explainNoAccount(isUserOwned: boolean, listed: number): string {
  if (listed > 0) return `This token reaches ${listed} accounts. Choose one, then check again.`
  if (isUserOwned) return 'This token lists no accounts. Type the account id, then check again.'
  return (
    'Cloudflare does not know this as a token of a user. If it belongs to an account, type the account id, then check ' +
    'again. Otherwise it may be mistyped, expired or revoked.'
  )
}

/** Why the token cannot be watched with, and what to do; null: it can. */
export function explainTooLittle(lacking: readonly Lack[]): string | null {
  if (lacking.length === 0) return null
  const remedy = lacking.some(({ isForbidden }) => isForbidden)
    ? 'Check that this is the right account, add the permission group "Zero Trust Read" to the token for it, then check again.'
    : 'Check the account id, and that Zero Trust is set up in this account, then check again.'
  const refused = lacking.map(({ does }) => `may not ${does}`).join(' and ')
  return `This token ${refused}. Without that Fleetlight cannot watch. ${remedy}`
}
