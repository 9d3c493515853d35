import { giveUpCalls, takeAnswer } from './answers.ts'
import { connect, disconnect, renewConnection } from './connecting.ts'
import type { EngineEvent } from './events.ts'
import type { EpochMs } from './failure.ts'
import { watchSight } from './incidents/sight.ts'
import { note } from './notices.ts'
import { closeConfirm, confirmAct, openConfirm } from './override/confirm.ts'
import { followDevices } from './override/convergence.ts'
import { giveUpWaiting, takeLedgerAnswer } from './override/send.ts'
import { catchUp, fallAsleep, loseNetwork, noticeSilence, wake } from './presence.ts'
import { setShare } from './schedule/governor.ts'
import { nextQuestionAt, plan } from './schedule/planner.ts'
import { urge } from './schedule/streams.ts'
import type { WatchSettings } from './settings.ts'
import { startState } from './state.ts'
import type { EngineState } from './state.ts'
import { warnOfEnding } from './tokens.ts'
import { inOrder, rest } from './turn.ts'
import type { Turn } from './turn.ts'
import { spanOf } from './wording.ts'

export type { EngineState } from './state.ts'

/** An engine that watches nothing yet. `seed` spreads its polls, so that many Fleetlights do not ask in step. */
export function startEngine(settings: WatchSettings, seed: number): EngineState {
  return startState(settings, seed)
}

/** What an event makes of the state, and what is to be done. The only clock is the event's own `at`. */
export function step(state: EngineState, event: EngineEvent): Turn {
  const { at } = event
  return inOrder(
    state,
    (each) => (event.type === 'slept' ? rest(each) : noticeSilence(each, at)),
    (each) => happen(each, event),
    (each) => giveUpCalls(each, at),
    (each) => giveUpWaiting(each, at),
    (each) => followDevices(each, at),
    (each) => watchSight(each, at),
    (each) => catchUp(each, at),
    (each) => warnOfEnding(each, at),
    (each) => plan(each, at),
    (each) => rest({ ...each, machine: { ...each.machine, steppedAt: at } }),
  )
}

/** When the engine wants a tick; null: nothing is due. Ages do not count: whoever shows them looks again by himself. */
export function nextDueAt(state: EngineState): EpochMs | null {
  return nextQuestionAt(state)
}

function happen(state: EngineState, event: EngineEvent): Turn {
  const { at } = event
  switch (event.type) {
    case 'tick':
      return rest(state)
    case 'connected':
      return connect(state, event.connection, event.memory, at)
    case 'disconnected':
      return disconnect(state)
    case 'connectionChanged':
      return renewConnection(state, event.connection, at)
    case 'settingsChanged':
      return rest(changeSettings(state, event.settings))
    case 'answered':
      return takeAnswer(state, event.callId, event.outcome, at)
    case 'woke':
      return wake(state, at)
    case 'slept':
      return fallAsleep(state, at)
    case 'networkLost':
      return loseNetwork(state)
    case 'refreshAsked':
      return rest(refresh(state))
    case 'confirmOpened':
      return openConfirm(state, event.actId, event.direction, at)
    case 'confirmClosed':
      return closeConfirm(state, event.actId)
    case 'actConfirmed':
      return confirmAct(state, event.act, at)
    case 'ledgerAppended':
      return takeLedgerAnswer(state, event.entry, event.result, at)
    case 'notificationsPaused':
      return pause(state, event.until, at)
  }
}

function changeSettings(state: EngineState, settings: WatchSettings): EngineState {
  const { watch, act } = state.budgets
  const share = settings.budgetPercent
  return { ...state, settings, budgets: { watch: setShare(watch, share), act: setShare(act, share) } }
}

function refresh(state: EngineState): EngineState {
  const { override, fleet } = state.streams
  return { ...state, streams: { ...state.streams, override: urge(override), fleet: urge(fleet) } }
}

function pause(state: EngineState, until: EpochMs | null, at: EpochMs): Turn {
  const text = until === null ? 'Notifications are on again' : `Notifications are paused for ${spanOf(until - at)}`
  return rest({ ...state, notificationsPausedUntil: until }, note(at, 'did', 'information', text))
}
