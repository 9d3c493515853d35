import type { Answers } from '../calls.ts'
import type { EpochMs, Failure } from '../failure.ts'
import type { FleetReading } from '../model.ts'
import { note } from '../notices.ts'
import { explainsDrop } from '../override/convergence.ts'
import { urge } from '../schedule/streams.ts'
import type { InFlight } from '../schedule/streams.ts'
import type { EngineState } from '../state.ts'
import { inOrder, rest } from '../turn.ts'
import type { Turn } from '../turn.ts'
import { connectedOf } from './counts.ts'
import type { Drop } from './drop.ts'
import { watchDrop } from './drop-incident.ts'
import { addRecent, holdRecent } from './expectation.ts'
import type { CountedReading } from './fleet-state.ts'
import { addNewest, addToWeek, connectedIn } from './week.ts'

/** An answer without status counts tells nothing of what is connected: it is not used as a reading. */
export const noStatus: Failure = {
  kind: 'badShape',
  path: 'deviceStats.byStatus',
  detail: 'no status counts, so how many devices are connected is not known',
}

/** Takes in a fleet summary. It tells of when it was asked for: older than the answer, never newer than what it tells. */
export function takeFleet(
  state: EngineState,
  { summary, skipped }: Answers['readFleet'],
  { request, askedAt }: InFlight,
  at: EpochMs,
): Turn {
  const windowMinutes = request.kind === 'readFleet' ? request.sinceMinutes : state.settings.windowMinutes
  const reading: FleetReading = { summary, windowMinutes, asOf: askedAt }
  const connected = connectedOf(summary)
  return inOrder(
    state,
    (each) => rest(each, { type: 'recordFleet', reading }),
    (each) => noteSkipped(each, skipped, at),
    (each) => (connected === null ? fallSilent(each) : takeCount(each, { ...reading, connected }, at)),
  )
}

function fallSilent(state: EngineState): Turn {
  return rest({ ...state, fleet: { ...state.fleet, isSilent: true } })
}

function takeCount(state: EngineState, reading: CountedReading, at: EpochMs): Turn {
  const { fleet } = state
  const isComparable = fleet.reading === null || fleet.reading.windowMinutes === reading.windowMinutes
  // Another window counts other devices: what was counted before is no measure any more.
  const known = isComparable ? fleet : { ...fleet, recent: [], drop: told(fleet.drop) }
  const read = { ...state, fleet: { ...known, reading, isSilent: false } }
  if (explainsDrop(state.override)) return rest(holdMeasure(read, at))
  return inOrder(
    read,
    (each) => watchDrop(each, reading, at),
    (each) => rest(learn(each, reading)),
  )
}

/** Under an override the counts say nothing of the fleet's health: what was before stays the measure. */
function holdMeasure(state: EngineState, at: EpochMs): EngineState {
  const { fleet } = state
  return {
    ...state,
    fleet: { ...fleet, drop: told(fleet.drop), recent: holdRecent(fleet.recent, fleet.week, at) },
  }
}

/** What was told stays open until the devices are back; what was not yet told is let go. */
function told(drop: Drop | null): Drop | null {
  return drop?.told == null ? null : drop
}

function learn(state: EngineState, { connected, asOf }: CountedReading): EngineState {
  const { fleet } = state
  const week = addNewest(fleet.week, { at: asOf, connected })
  return { ...state, fleet: { ...fleet, week, recent: addRecent(fleet.recent, asOf, connected) } }
}

/** Says once that parts of the answers cannot be read, not with every poll. */
function noteSkipped(state: EngineState, skipped: readonly string[], at: EpochMs): Turn {
  const next = { ...state, fleet: { ...state.fleet, skipped: skipped.length } }
  if (skipped.length === 0 || state.fleet.skipped > 0) return rest(next)
  const text = `${String(skipped.length)} parts of Cloudflare's fleet status could not be read and were left out, the first at ${skipped[0] ?? ''}`
  return rest(next, note(at, 'failed', 'stale', text))
}

/** Takes in Cloudflare's own history. After the week, which is cut coarsely, the newest hours are asked for by themselves. */
export function takeHistory(
  state: EngineState,
  { points }: Answers['readHistory'],
  { askedAt }: InFlight,
  at: EpochMs,
): Turn {
  const week = addToWeek(state.fleet.week, connectedIn(points), at)
  const { history } = state.streams
  const streams = { ...state.streams, history: state.fleet.historyTo === null ? urge(history) : history }
  const next = { ...state, streams, fleet: { ...state.fleet, week, historyTo: askedAt } }
  return rest(next, { type: 'recordHistory', points, asOf: askedAt })
}
