import type { EpochMs, Result } from './failure.ts'
import type { AuditEntry, FleetSummary, HistoryPoint, OverrideAnswer, TokenRole, TokenVerdict } from './model.ts'

/** Priority lanes of the request budget, the most urgent first. */
export const lanes = ['act', 'override', 'summary', 'detail', 'sweep'] as const
export type Lane = (typeof lanes)[number]

/** What can be asked of Cloudflare. Times are epoch milliseconds; `sinceMinutes` is 1..60. */
export type ApiRequest =
  | { readonly kind: 'readOverride' }
  | { readonly kind: 'readFleet'; readonly sinceMinutes: number }
  | { readonly kind: 'readHistory'; readonly from: EpochMs; readonly to: EpochMs }
  | { readonly kind: 'readOverrideAudit'; readonly since: EpochMs; readonly before: EpochMs }
  | { readonly kind: 'verifyToken' }
  | { readonly kind: 'switchOverride'; readonly disconnect: boolean; readonly justification: string }

/** What each request answers. */
export interface Answers {
  readOverride: OverrideAnswer
  readFleet: { readonly summary: FleetSummary; readonly skipped: readonly string[] }
  readHistory: { readonly points: readonly HistoryPoint[]; readonly skipped: readonly string[] }
  readOverrideAudit: { readonly entries: readonly AuditEntry[]; readonly skipped: readonly string[] }
  verifyToken: TokenVerdict
  switchOverride: OverrideAnswer
}

export type Answer = { [K in ApiRequest['kind']]: { readonly kind: K; readonly value: Answers[K] } }[ApiRequest['kind']]

/** One call on the wire. It is sent at most once: nothing below the engine repeats it. */
export interface Call {
  readonly id: number
  readonly lane: Lane
  /** Whose limit at Cloudflare it counts against. */
  readonly token: TokenRole
  readonly request: ApiRequest
}

/** One policy of the Ratelimit / Ratelimit-Policy headers: q requests a window of w seconds, r left, reset in t seconds. */
export interface RateLimit {
  readonly policy: string
  readonly quota: number | null
  readonly windowSeconds: number | null
  readonly remaining: number | null
  readonly resetSeconds: number | null
}

/** What came of a call: the decoded answer or a failure, with what the headers said of the limits. */
export interface CallOutcome {
  readonly result: Result<Answer>
  readonly limits: readonly RateLimit[]
  /** From the Date header, for the clock check; null when absent. */
  readonly serverDate: EpochMs | null
}
