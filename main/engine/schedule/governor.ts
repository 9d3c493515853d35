import type { CallOutcome, Lane } from '../calls.ts'
import type { EpochMs } from '../failure.ts'
import type { Fuel } from '../snapshot.ts'
import {
  bindingPolicies,
  countSent,
  documentedWindowSeconds,
  isAhead,
  learnPolicies,
  longestBeliefMs,
  remainingNow,
} from './governor-limits.ts'
import type { Policy } from './governor-limits.ts'

/** What was sent in one second. A sparse list of these is all that is remembered: at most 301 of them. */
interface Bucket {
  readonly start: EpochMs
  readonly acts: number
  readonly others: number
}

/** What one token has spent and what binds it. Plain data. */
export interface Budget {
  /** Our share of every limit, per cent, 1..100. */
  readonly percent: number
  /** Oldest first. */
  readonly buckets: readonly Bucket[]
  readonly told: readonly Policy[]
  readonly blockedUntil: EpochMs | null
}

export type Admission =
  | { readonly admitted: true; readonly budget: Budget }
  /** `until`: the earliest moment at which asking again makes sense. */
  | { readonly admitted: false; readonly until: EpochMs }

const bucketMs = 1000
/** Our history reaches this far back; a longer window is held to the same rate within it. */
const horizonSeconds = documentedWindowSeconds

/**
 * Which part of a limit each lane leaves to the lanes above it, per cent. What `override` leaves is the reserve of
 * `act`, which nothing else may touch.
 */
const floorPercent: Readonly<Record<Exclude<Lane, 'act'>, number>> = {
  override: 5,
  summary: 10,
  detail: 20,
  sweep: 40,
}
/** However small the share, this many requests fit into a window, so that every lane can move. */
const smallestShare = 5

/** A budget with nothing spent. `percent` (1..100) is our share of what Cloudflare allows the token. */
export function openBudget(percent: number): Budget {
  return { percent: clampPercent(percent), buckets: [], told: [], blockedUntil: null }
}

/**
 * Whether one request of `lane` may be sent at `at`; counts it when it may. The act lane is refused by a block of
 * Cloudflare's only, never by our own share.
 */
export function admit(budget: Budget, lane: Lane, at: EpochMs): Admission {
  if (isAhead(budget.blockedUntil, at)) {
    return { admitted: false, until: budget.blockedUntil }
  }
  if (lane !== 'act') {
    const until = Math.max(...bindingPolicies(budget.told).map((policy) => freeAt(budget, policy, lane, at)))
    if (until > at) return { admitted: false, until }
  }
  return {
    admitted: true,
    budget: {
      ...budget,
      buckets: countIn(budget.buckets, lane, at),
      told: countSent(budget.told),
      blockedUntil: null,
    },
  }
}

/** Takes in what an answer said of the limits: policies, what is left, a block until Retry-After. */
export function observe(budget: Budget, outcome: CallOutcome, at: EpochMs): Budget {
  const told = learnPolicies(budget.told, outcome.limits, at)
  if (outcome.result.ok || outcome.result.failure.kind !== 'rateLimited') return { ...budget, told }
  const until = Math.min(outcome.result.failure.until, at + longestBeliefMs)
  const standing = isAhead(budget.blockedUntil, at) ? budget.blockedUntil : 0
  return { ...budget, told, blockedUntil: Math.max(until, standing) }
}

/** The same budget under another share; what was spent stays spent. */
export function setShare(budget: Budget, percent: number): Budget {
  return { ...budget, percent: clampPercent(percent) }
}

/** The least pause between requests that our share allows in the long run, ms: the slowest of all limits that bind. */
export function paceMs({ told, percent }: Budget): number {
  const shares = bindingPolicies(told).map((policy) => shareOf(policy, percent))
  return Math.max(0, ...shares.map((share) => (share === null ? 0 : share.windowMs / share.limit)))
}

/** The gauge: of all limits that bind, the one with the least left, and of equals the one with the longest window. */
export function fuel(budget: Budget, at: EpochMs): Fuel {
  const gauges = bindingPolicies(budget.told).map((policy) => gauge(budget, policy, at))
  const shown = gauges.reduce((least, each) =>
    each.left < least.left || (each.left === least.left && each.windowSeconds > least.windowSeconds) ? each : least,
  )
  const remains = gauges.flatMap(({ remaining }) => (remaining === null ? [] : [remaining]))
  return {
    used: shown.used,
    limit: shown.limit,
    windowSeconds: shown.windowSeconds,
    remainingAtCloudflare: shown.remaining ?? (remains.length > 0 ? Math.min(...remains) : null),
    blockedUntil: isAhead(budget.blockedUntil, at) ? budget.blockedUntil : null,
  }
}

function gauge(budget: Budget, policy: Policy, at: EpochMs) {
  const remaining = remainingNow(policy, at)
  const remainingPart = remaining === null ? 1 : remaining / Math.max(1, policy.quota ?? policy.mostRemaining)
  const share = shareOf(policy, budget.percent)
  if (share === null) return { used: 0, limit: 0, windowSeconds: 0, remaining, left: Infinity }
  const { acts, others } = spentWithin(budget.buckets, share.windowMs, at)
  const used = acts + others
  const left = Math.min((share.limit - used) / share.limit, remainingPart)
  return { used, limit: share.limit, windowSeconds: share.windowMs / 1000, remaining, left }
}

/** From when on `policy` lets `lane` send one more; `at` or earlier: now. */
function freeAt(budget: Budget, policy: Policy, lane: Exclude<Lane, 'act'>, at: EpochMs): EpochMs {
  const remaining = remainingNow(policy, at)
  const floorAtCloudflare = floorOf(policy.quota ?? policy.mostRemaining, lane)
  const toldUntil = remaining !== null && remaining - 1 < floorAtCloudflare ? policy.resetsAt : at
  const share = shareOf(policy, budget.percent)
  if (share === null) return toldUntil
  const room = share.limit - floorOf(share.limit, lane)
  const reserve = floorOf(share.limit, 'override')
  return Math.max(toldUntil, roomAt(budget.buckets, share.windowMs, room, reserve, at))
}

/** From when on fewer than `room` requests are in the window. Acts count once they have used up their reserve. */
function roomAt(buckets: readonly Bucket[], windowMs: number, room: number, reserve: number, at: EpochMs): EpochMs {
  let { acts, others } = spentWithin(buckets, windowMs, at)
  let freeAtMs = at
  for (const bucket of buckets) {
    if (others + Math.max(0, acts - reserve) < room) break
    if (!isWithin(bucket, windowMs, at)) continue
    acts -= bucket.acts
    others -= bucket.others
    freeAtMs = bucket.start + bucketMs + windowMs
  }
  return freeAtMs
}

/** Our part of a policy; null when it does not say of how many requests in what time. */
function shareOf(policy: Policy, percent: number): { readonly limit: number; readonly windowMs: number } | null {
  if (policy.quota === null || policy.windowSeconds === null) return null
  const windowSeconds = Math.min(policy.windowSeconds, horizonSeconds)
  const quota = Math.max(1, Math.floor((policy.quota * windowSeconds) / policy.windowSeconds))
  const limit = Math.min(quota, Math.max(smallestShare, Math.floor((quota * percent) / 100)))
  return { limit, windowMs: windowSeconds * 1000 }
}

/** What `lane` leaves untouched of `limit`; never all of it. */
function floorOf(limit: number, lane: Exclude<Lane, 'act'>): number {
  return Math.max(0, Math.min(Math.ceil((limit * floorPercent[lane]) / 100), limit - 1))
}

/** Counts a whole bucket until its last moment has left the window: rather too many than too few. */
function isWithin(bucket: Bucket, windowMs: number, at: EpochMs): boolean {
  return bucket.start + bucketMs + windowMs > at && bucket.start - at <= longestBeliefMs
}

function spentWithin(buckets: readonly Bucket[], windowMs: number, at: EpochMs) {
  let acts = 0
  let others = 0
  for (const bucket of buckets) {
    if (!isWithin(bucket, windowMs, at)) continue
    acts += bucket.acts
    others += bucket.others
  }
  return { acts, others }
}

function countIn(buckets: readonly Bucket[], lane: Lane, at: EpochMs): readonly Bucket[] {
  const kept = buckets.filter((bucket) => isWithin(bucket, horizonSeconds * 1000, at))
  const last = kept.at(-1)
  const start = Math.floor(at / bucketMs) * bucketMs
  // A clock put back a little must not spread what we sent over more seconds than it took.
  const current = last !== undefined && last.start >= start ? last : { start, acts: 0, others: 0 }
  const counted = lane === 'act' ? { ...current, acts: current.acts + 1 } : { ...current, others: current.others + 1 }
  return [...(current === last ? kept.slice(0, -1) : kept), counted]
}

function clampPercent(percent: number): number {
  return Math.min(100, Math.max(1, percent))
}
