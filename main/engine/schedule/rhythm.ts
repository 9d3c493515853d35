import { auditPauseMs } from '../override/attribution.ts'
import type { EngineState } from '../state.ts'
import { paceMs } from './governor.ts'
import type { Stream, StreamName } from './streams.ts'

const secondMs = 1000
const minuteMs = 60 * secondMs
const hourMs = 60 * minuteMs
/** While something moves. */
const fastOverrideMs = 2_500
const fastFleetMs = 10 * secondMs
/** Which part of our share the two polls may take, so that the rest finds room beside them: a half and a sixth. */
const overrideParts = 2
const fleetParts = 6
const verifyMs = 6 * hourMs
const historyMs = hourMs
const retryMs = minuteMs
const quickRetries = 5

/** The pause between two questions of a stream as things are now, before it is spread; null: it has nothing to ask. */
export function rhythmMs(state: EngineState, name: StreamName): number | null {
  const { settings, budgets, streams } = state
  const pace = paceMs(budgets.watch)
  switch (name) {
    case 'override': {
      const poll = settings.overridePollSeconds * secondMs
      return Math.max(overrideParts * pace, isSwitching(state) ? Math.min(poll, fastOverrideMs) : poll)
    }
    case 'fleet': {
      const poll = settings.fleetPollSeconds * secondMs
      return Math.max(fleetParts * pace, isMoving(state) ? Math.min(poll, fastFleetMs) : poll)
    }
    case 'audit':
      return auditPauseMs(state.override)
    case 'verify':
      return patiently(streams.verify, verifyMs)
    case 'history':
      return patiently(streams.history, historyMs)
  }
}

/** What failed and is of no hurry is asked again soon a few times, then every hour, as is what may not be asked. */
function patiently({ failures, failure }: Stream, rhythmMs: number): number {
  if (failures === 0) return rhythmMs
  return failures <= quickRetries && failure?.kind !== 'forbidden' ? retryMs : hourMs
}

/** Whether the override may be about to change, or a drop may be about to be explained by it. */
function isSwitching({ override, fleet }: EngineState): boolean {
  const { kind } = override.intent
  const isIntended = kind === 'confirming' || kind === 'sending' || kind === 'unconfirmed'
  return isIntended || override.following !== null || (fleet.drop !== null && fleet.drop.told === null)
}

function isMoving(state: EngineState): boolean {
  return isSwitching(state) || state.fleet.drop !== null
}
