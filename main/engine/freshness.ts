import type { EpochMs } from './failure.ts'
import type { OverrideSeen } from './override/act.ts'
import type { WatchSettings } from './settings.ts'
import type { Freshness } from './snapshot.ts'

const secondMs = 1000

interface Limits {
  readonly staleAfterMs: number
  readonly unknownAfterMs: number
}

/** How old a reading of the override may be. It widens with a longer poll, never narrows below the floor. */
export function overrideLimits({ overridePollSeconds }: WatchSettings): Limits {
  return {
    staleAfterMs: Math.max(45, 3 * overridePollSeconds) * secondMs,
    unknownAfterMs: Math.max(300, 10 * overridePollSeconds) * secondMs,
  }
}

/** How old a fleet summary may be. */
export function fleetLimits({ fleetPollSeconds }: WatchSettings): Limits {
  return {
    staleAfterMs: Math.max(120, 3 * fleetPollSeconds) * secondMs,
    unknownAfterMs: Math.max(600, 10 * fleetPollSeconds) * secondMs,
  }
}

/**
 * How far a reading of this age can be trusted. One from the future was taken before the clock was put back: how old it
 * is cannot be told, so it is trusted no further than one that is as far in the past.
 */
export function freshnessOf(asOf: EpochMs, at: EpochMs, limits: Limits): Freshness {
  const age = Math.abs(at - asOf)
  if (age > limits.unknownAfterMs) return 'unknown'
  return age > limits.staleAfterMs ? 'stale' : 'fresh'
}

/** The override as it may be claimed now. */
export interface OverrideClaim {
  readonly state: 'on' | 'off' | 'unknown'
  readonly freshness: Freshness
}

/**
 * What may be claimed of the override. "Off" expires into unknown, at once when Cloudflare's newest answer said
 * nothing (`isSilent`); "on" only goes stale, for forgetting it would be wrong in the comforting direction.
 */
export function claimOverride(
  seen: OverrideSeen,
  isSilent: boolean,
  at: EpochMs,
  settings: WatchSettings,
): OverrideClaim {
  if (seen.kind === 'unknown') return { state: 'unknown', freshness: 'unknown' }
  const freshness = freshnessOf(seen.asOf, at, overrideLimits(settings))
  if (seen.value === 'on') return { state: 'on', freshness: freshness === 'fresh' && !isSilent ? 'fresh' : 'stale' }
  if (isSilent || freshness === 'unknown') return { state: 'unknown', freshness: 'unknown' }
  return { state: 'off', freshness }
}
