import { connectedNow } from '../fleet/fleet-state.ts'
import { mobileShareOf } from '../fleet/counts.ts'
import type { EpochMs } from '../failure.ts'
import type { Direction } from '../model.ts'
import { note } from '../notices.ts'
import type { Convergence } from '../snapshot.ts'
import type { EngineState } from '../state.ts'
import { rest } from '../turn.ts'
import type { Turn } from '../turn.ts'
import { countOf, spanOf } from '../wording.ts'
import { sightOf } from './judge.ts'
import type { Following, OverrideState } from './override-state.ts'

/** Cloudflare's docs: "It may take up to 10 minutes for newly updated settings to propagate to devices." */
const longestMs = 600_000
/** This part of all may not follow: old clients, and those that were about to go or come anyway. */
const stragglersShare = 0.05

/** Whether what the fleet does is explained by the override: it is on, or the devices are coming back from it. */
export function explainsDrop({ seen, following }: OverrideState): boolean {
  return sightOf(seen).seen === 'on' || following?.direction === 'reconnect'
}

/** From now on the devices follow a switch. Who may stay is counted now: later those that dropped may be gone. */
export function beginFollowing(
  { fleet }: EngineState,
  direction: Direction,
  connectedBefore: number | null,
  at: EpochMs,
): Following {
  const share = fleet.reading === null ? null : mobileShareOf(fleet.reading.summary)
  const staying =
    share === null || connectedBefore === null ? null : connectedBefore * Math.min(1, share + stragglersShare)
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
function haveFollowed({ fleet }: EngineState, { direction, since, staying }: Following): boolean {
  const { reading, isSilent, recent } = fleet
  if (reading === null || reading.asOf < since || isSilent) return false
  if (direction === 'disconnect') return staying !== null && reading.connected <= staying
  const expected = Math.max(0, ...recent.map((each) => each.connected))
  return expected > 0 && reading.connected >= expected * (1 - stragglersShare)
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
