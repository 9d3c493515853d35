import { connectedNow } from '../fleet/fleet-state.ts'
import { mobileOf } from '../fleet/counts.ts'
import type { EpochMs } from '../failure.ts'
import type { Direction } from '../model.ts'
import { note } from '../notices.ts'
import type { Convergence } from '../snapshot.ts'
import type { EngineState } from '../state.ts'
import { rest } from '../turn.ts'
import type { Turn } from '../turn.ts'
import { countOf, spanOf } from '../wording.ts'
import type { Following, OverrideState } from './override-state.ts'

/** Cloudflare's docs: "It may take up to 10 minutes for newly updated settings to propagate to devices." */
const longestMs = 600_000
/** So many of a hundred may not follow: old clients, and those that were about to go or come anyway. */
const stragglersPercent = 5

/** Whether what the fleet does is explained by the override: it is on, or the devices are coming back from it. */
export function explainsDrop({ seen, following }: OverrideState): boolean {
  return (seen.kind === 'known' && seen.value === 'on') || following?.direction === 'reconnect'
}

/** From now on the devices follow a switch. Which platforms stay is counted now: later those that dropped may be gone. */
export function beginFollowing(
  { fleet }: EngineState,
  direction: Direction,
  connectedBefore: number | null,
  at: EpochMs,
): Following {
  const summary = fleet.reading?.summary ?? null
  const mobile = summary === null || summary.total === 0 || summary.by.platform === null ? null : mobileOf(summary)
  const share = mobile === null || summary === null ? null : Math.min(1, mobile / summary.total)
  const staying = share === null || connectedBefore === null ? null : Math.round(connectedBefore * share)
  return { direction, since: at, connectedBefore, staying }
}

/**
 * Ends the following once the devices have followed, or when no document gives them more time, and at once when the clock
 * was put back: what it explains must not be explained for hours.
 */
export function followDevices(state: EngineState, at: EpochMs): Turn {
  const { following, intent } = state.override
  if (following === null) return rest(state)
  const hasFollowed = haveFollowed(state, following)
  if (!hasFollowed && Math.abs(at - following.since) < longestMs) return rest(state)
  const settled =
    intent.kind === 'converging' ? ({ kind: 'settled', act: intent.act, at, outcome: 'done' } as const) : intent
  const next = { ...state, override: { ...state.override, following: null, intent: settled } }
  return rest(
    next,
    note(at, 'saw', hasFollowed ? 'information' : 'degraded', describe(state, following, hasFollowed, at)),
  )
}

export function viewConvergence({ override, fleet }: EngineState): Convergence | null {
  const { following } = override
  if (following === null) return null
  const { direction, since, connectedBefore } = following
  return { direction, since, connectedBefore, connectedNow: connectedNow(fleet), asOf: fleet.reading?.asOf ?? null }
}

/** Only a reading from after the switch can tell. */
function haveFollowed({ fleet }: EngineState, following: Following): boolean {
  const { direction, since, connectedBefore, staying } = following
  const connected = connectedNow(fleet)
  if (fleet.reading === null || fleet.reading.asOf <= since || fleet.isSilent || connected === null) return false
  if (direction === 'disconnect') {
    if (connectedBefore === null || staying === null) return false
    return connected <= staying + (connectedBefore * stragglersPercent) / 100
  }
  const expected = Math.max(0, ...fleet.recent.map((each) => each.connected))
  return expected > 0 && connected * 100 >= expected * (100 - stragglersPercent)
}

function describe(
  { fleet }: EngineState,
  { direction, since, connectedBefore }: Following,
  hasFollowed: boolean,
  at: EpochMs,
): string {
  const connected = connectedNow(fleet)
  const now = connected === null ? 'an unknown number' : countOf(connected)
  const before = connectedBefore === null ? '' : `, ${countOf(connectedBefore)} before the switch`
  const counts = `${now} connected${before}, ${spanOf(at - since)} after it`
  if (hasFollowed) return `Devices have ${direction === 'disconnect' ? 'dropped' : 'come back'}: ${counts}`
  return `Devices had the 10 minutes that Cloudflare documents to follow: ${counts}`
}
