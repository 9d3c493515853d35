import type { ApiRequest, Call, Lane } from '../calls.ts'
import type { EpochMs } from '../failure.ts'
import type { EngineState } from '../state.ts'
import { inOrder, rest } from '../turn.ts'
import type { Turn } from '../turn.ts'
import { admit } from './governor.ts'
import { draw } from './random.ts'
import { rhythmMs } from './rhythm.ts'
import { ask, dueAt, isDue, streamNames } from './streams.ts'
import type { Stream, StreamName } from './streams.ts'

const laneOf: Readonly<Record<StreamName, Lane>> = {
  override: 'override',
  fleet: 'summary',
  audit: 'detail',
  verify: 'detail',
  history: 'sweep',
}
const weekMs = 7 * 24 * 3_600_000
/** Cloudflare cuts a shorter span finer, and the newest hours are those that are looked at. */
const recentMs = 6 * 3_600_000
/** History that was read before is read again a little, for its newest points may have been unfinished. */
const overlapMs = 2 * 3_600_000

/** Hands out what is due and what the budget admits. Asleep, nothing is sent. */
export function plan(state: EngineState, at: EpochMs): Turn {
  if (state.connection === null || state.machine.asleepSince !== null) return rest(state)
  return inOrder(state, ...streamNames.map((name) => (each: EngineState) => handOut(each, name, at)))
}

/** When something is due next; null: nothing is. */
export function nextQuestionAt(state: EngineState): EpochMs | null {
  if (state.connection === null || state.machine.asleepSince !== null) return null
  const dues = streamNames.map((name) => {
    const rhythm = rhythmMs(state, name)
    return rhythm === null ? null : dueAt(state.streams[name], rhythm)
  })
  const known = dues.filter((due) => due !== null)
  return known.length === 0 ? null : Math.min(...known)
}

function handOut(state: EngineState, name: StreamName, at: EpochMs): Turn {
  const stream = state.streams[name]
  const rhythm = rhythmMs(state, name)
  if (rhythm === null || !isDue(stream, rhythm, at)) return rest(state)
  const admission = admit(state.budgets.watch, laneOf[name], at)
  if (!admission.admitted) return rest(setStream(state, name, { ...stream, notBefore: admission.until }))
  const { value, seed } = draw(state.seed)
  const call: Call = { id: state.nextCallId, lane: laneOf[name], token: 'watch', request: requestOf(state, name, at) }
  return rest(
    {
      ...setStream(state, name, ask(stream, call, value, at)),
      seed,
      nextCallId: call.id + 1,
      budgets: { ...state.budgets, watch: admission.budget },
    },
    { type: 'call', call },
  )
}

export function setStream(state: EngineState, name: StreamName, stream: Stream): EngineState {
  return { ...state, streams: { ...state.streams, [name]: stream } }
}

function requestOf({ settings, fleet, override }: EngineState, name: StreamName, at: EpochMs): ApiRequest {
  switch (name) {
    case 'override':
      return { kind: 'readOverride' }
    case 'fleet':
      return { kind: 'readFleet', sinceMinutes: settings.windowMinutes }
    case 'verify':
      return { kind: 'verifyToken' }
    case 'history':
      return { kind: 'readHistory', from: historyFrom(fleet.historyTo, at), to: at }
    case 'audit':
      return { kind: 'readOverrideAudit', since: override.inquiry?.since ?? at, before: at }
  }
}

/** The whole week first; then the newest hours, or all that came since it was read last. */
function historyFrom(historyTo: EpochMs | null, at: EpochMs): EpochMs {
  if (historyTo === null) return at - weekMs
  return Math.max(at - weekMs, Math.min(historyTo - overlapMs, at - recentMs))
}
