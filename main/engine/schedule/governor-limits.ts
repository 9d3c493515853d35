import type { RateLimit } from '../calls.ts'
import type { EpochMs } from '../failure.ts'

/** Cloudflare API limits: 1,200 requests per five minutes for one user or one account token, then 429 for five minutes. */
const documentedQuota = 1200
export const documentedWindowSeconds = 300

/** Nothing that Cloudflare tells is believed for longer: neither a block nor what is left. */
export const longestBeliefMs = 600_000
/** How soon to look again when Cloudflare told what is left but not when that changes. */
const unknownResetSeconds = 60
/** A told window under a minute is a guard against bursts: it binds beside the documented limit, not instead of it. */
const shortestReplacingSeconds = 60
/** More policies than Cloudflare has ever documented; bounds what a strange answer can make us keep. */
const mostPolicies = 8

/** One limit that binds us, as told by the headers or, until they tell, as documented. */
export interface Policy {
  readonly name: string
  readonly quota: number | null
  readonly windowSeconds: number | null
  /** Left at Cloudflare for everybody on this token when it was told; null: not told. */
  readonly remaining: number | null
  /** Greatest `remaining` seen: stands in for a quota that is not told. */
  readonly mostRemaining: number
  /** What we sent since `remaining` was told. */
  readonly sentSince: number
  readonly resetsAt: EpochMs
  readonly toldAt: EpochMs
}

const documented: Policy = {
  name: 'documented',
  quota: documentedQuota,
  windowSeconds: documentedWindowSeconds,
  remaining: null,
  mostRemaining: 0,
  sentSince: 0,
  resetsAt: 0,
  toldAt: 0,
}

/** Whether there is an `until`, and it is still to come. Further away than any belief lasts means that the clock was put back since. */
export function isAhead(until: EpochMs | null, at: EpochMs): until is EpochMs {
  const ms = (until ?? at) - at
  return ms > 0 && ms <= longestBeliefMs
}

/** What is left at Cloudflare now, as far as it was told and is still to be believed; never below 0. */
export function remainingNow(policy: Policy, at: EpochMs): number | null {
  if (policy.remaining === null || !isAhead(policy.resetsAt, at)) return null
  return Math.max(0, policy.remaining - policy.sentSince)
}

/** The policies that bind: those told, and the documented one unless a told one takes its place. */
export function bindingPolicies(told: readonly Policy[]): readonly Policy[] {
  const isReplaced = told.some(
    ({ quota, windowSeconds }) => quota !== null && (windowSeconds ?? 0) >= shortestReplacingSeconds,
  )
  return isReplaced ? told : [documented, ...told]
}

/** Takes in what one answer's headers said. What a header left out stays as it was told before. */
export function learnPolicies(told: readonly Policy[], limits: readonly RateLimit[], at: EpochMs): readonly Policy[] {
  if (limits.length === 0) return told
  const learnt = limits.map((limit) =>
    learn(
      told.find(({ name }) => name === limit.policy),
      limit,
      at,
    ),
  )
  const kept = told.filter(
    (policy) => at - policy.toldAt <= longestBeliefMs && !learnt.some(({ name }) => name === policy.name),
  )
  return [...learnt, ...kept].slice(0, mostPolicies)
}

export function countSent(told: readonly Policy[]): readonly Policy[] {
  return told.map((policy) => ({ ...policy, sentSince: policy.sentSince + 1 }))
}

function learn(before: Policy | undefined, limit: RateLimit, at: EpochMs): Policy {
  const quota = positive(limit.quota) ?? before?.quota ?? null
  const windowSeconds = positive(limit.windowSeconds) ?? before?.windowSeconds ?? null
  const base = { name: limit.policy, quota, windowSeconds, toldAt: at }
  if (limit.remaining === null) {
    return {
      ...base,
      remaining: before?.remaining ?? null,
      mostRemaining: before?.mostRemaining ?? 0,
      sentSince: before?.sentSince ?? 0,
      resetsAt: before?.resetsAt ?? 0,
    }
  }
  const resetSeconds = positive(limit.resetSeconds) ?? Math.min(windowSeconds ?? Infinity, unknownResetSeconds)
  return {
    ...base,
    remaining: Math.max(0, limit.remaining),
    mostRemaining: Math.max(limit.remaining, before?.mostRemaining ?? 0),
    sentSince: 0,
    resetsAt: at + Math.min(resetSeconds * 1000, longestBeliefMs),
  }
}

function positive(value: number | null): number | null {
  return (value ?? 0) > 0 ? value : null
}
