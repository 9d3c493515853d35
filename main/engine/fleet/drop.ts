import type { EpochMs } from '../failure.ts'
import type { Severity } from '../incidents/incident.ts'
import type { WatchSettings } from '../settings.ts'
import type { Expectation } from './expectation.ts'

/** Devices are missing; an incident once it has held. */
export interface Drop {
  /** When it began, and when it was last looked at. */
  readonly since: EpochMs
  readonly seenAt: EpochMs
  /** Devices expected then. It may grow, and never shrinks before the drop is over. */
  readonly expected: number
  readonly from: Expectation['from']
  readonly missing: number
  readonly worst: number
  readonly severity: Severity
  /** The worst severity that was told; null: it has not held yet. */
  readonly told: Severity | null
  /** Since when enough devices are back; null: they are not. */
  readonly recoveringSince: EpochMs | null
}

/** Of a small fleet a device or two come and go all day. */
const fewestMissing = 3
/** How far the missing share must fall below a limit before that limit counts as left, so that nothing flaps. */
const returnShare = 0.5

/** A drop that has not held yet is not carried over a longer time without a count. */
const longestBlinkMs = 300_000

/** What a connected count is held against. */
export interface Measure {
  readonly connected: number
  readonly expectation: Expectation | null
  /** Which part of the devices expected at the onset is still expected now, 0..1, by what happened a week ago. */
  readonly pace: number
}

/**
 * The drop after one more count at `at`; null: there is none. A missing share begins it, and it is over when half of the
 * least share that counts is missing at most, for as long as a drop must hold.
 */
export function updateDrop(drop: Drop | null, measure: Measure, at: EpochMs, settings: WatchSettings): Drop | null {
  // What was not told and then not looked at for long may have been over in between.
  if (drop === null || (drop.told === null && at - drop.seenAt > longestBlinkMs)) return begin(measure, at, settings)
  const expected = Math.max(drop.expected, measure.expectation?.devices ?? 0)
  const missing = Math.max(0, expected - measure.connected)
  const isBack = hasReturned(expected * measure.pace, measure.connected, settings)
  if (drop.told === null && !isMissing(expected, missing, settings)) return null
  const recoveringSince = isBack ? Math.min(drop.recoveringSince ?? at, at) : null
  if (recoveringSince !== null && at - recoveringSince >= settings.dropHoldSeconds * 1000) return null
  return {
    ...drop,
    // A clock that was put back must not make it wait for its own beginning.
    since: Math.min(drop.since, at),
    seenAt: at,
    expected,
    missing,
    worst: Math.max(drop.worst, missing),
    severity: severityOf(drop.severity, expected, missing, settings),
    recoveringSince,
  }
}

/** Whether it has held long enough to be told. */
export function hasHeld(drop: Drop, at: EpochMs, { dropHoldSeconds }: WatchSettings): boolean {
  return at - drop.since >= dropHoldSeconds * 1000
}

function begin({ connected, expectation }: Measure, at: EpochMs, settings: WatchSettings): Drop | null {
  if (expectation === null) return null
  const { devices: expected, from } = expectation
  const missing = Math.max(0, expected - connected)
  if (!isMissing(expected, missing, settings)) return null
  const severity = severityOf('degraded', expected, missing, settings)
  return { since: at, seenAt: at, expected, from, missing, worst: missing, severity, told: null, recoveringSince: null }
}

function isMissing(expected: number, missing: number, { degradedPercent }: WatchSettings): boolean {
  const isUnderHalf = missing * 2 > expected
  return isUnderHalf || (missing >= fewestMissing && missing * 100 >= expected * degradedPercent)
}

function hasReturned(expected: number, connected: number, { degradedPercent }: WatchSettings): boolean {
  return expected - connected <= Math.max(1, (expected * degradedPercent * returnShare) / 100)
}

function severityOf(before: Severity, expected: number, missing: number, { criticalPercent }: WatchSettings): Severity {
  const leaves = before === 'critical' ? returnShare : 1
  return missing * 100 >= expected * criticalPercent * leaves ? 'critical' : 'degraded'
}
