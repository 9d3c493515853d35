import type { EpochMs, Failure } from '../failure.ts'
import { connectedNow } from '../fleet/fleet-state.ts'
import type { Direction } from '../model.ts'
import { note } from '../notices.ts'
import type { EngineState } from '../state.ts'
import { rest } from '../turn.ts'
import type { Turn } from '../turn.ts'
import { isPending, refuse } from './settle.ts'
import type { Act } from './act.ts'
import { record, verbOf } from './words.ts'

/** Acts that are remembered, so that none is taken twice and the audit log's entries of ours are known. */
const ownActsKept = 20

/** A confirmation window is open. What is still on its way stays what it is. */
export function openConfirm(state: EngineState, actId: string, direction: Direction, at: EpochMs): Turn {
  const { kind } = state.override.intent
  if (state.connection === null || (kind !== 'none' && kind !== 'settled' && kind !== 'refused')) return rest(state)
  return rest({
    ...state,
    override: { ...state.override, intent: { kind: 'confirming', actId, direction, openedAt: at } },
  })
}

export function closeConfirm(state: EngineState, actId: string): Turn {
  const { intent } = state.override
  if (intent.kind !== 'confirming' || intent.actId !== actId) return rest(state)
  return rest({ ...state, override: { ...state.override, intent: { kind: 'none' } } })
}

/**
 * A person confirmed an act: it goes to the ledger first. An act is taken once. While another is being sent it is not
 * taken at all; while one is unconfirmed it is, for in an emergency a person may know better than to wait.
 */
export function confirmAct(state: EngineState, act: Act, at: EpochMs): Turn {
  const { override, connection } = state
  if (connection === null || override.ownActs.includes(act.id)) return rest(state)
  if (override.intent.kind === 'sending') {
    const text = `The ${verbOf(act)} that was confirmed just now was not sent: another switch is on its way. Wait for its result`
    return rest(state, note(at, 'failed', 'degraded', text))
  }
  const taken: EngineState = {
    ...state,
    override: {
      ...override,
      intent: { kind: 'sending', act, callId: null },
      post: null,
      doubt: null,
      connectedBefore: connectedNow(state.fleet),
      older: isPending(override.intent) ? [...override.older, override.intent.act] : override.older,
      ownActs: [...override.ownActs, act.id].slice(-ownActsKept),
    },
  }
  const objection = objectTo(act, connection)
  if (objection !== null) return refuse(taken, act, objection, at)
  return rest(
    taken,
    record(act, 'intended', at, 'Confirmed; to be sent once this is on disk'),
    note(at, 'did', 'override', `Confirmed: ${verbOf(act)} of ${act.accountName}. ${act.reason}`),
  )
}

/** Why an act cannot be sent at all; null: it can. */
function objectTo(act: Act, connection: NonNullable<EngineState['connection']>): Failure | null {
  if (act.accountId !== connection.accountId) {
    return {
      kind: 'noToken',
      detail: 'It was confirmed for an account that is not watched now. Open the window again.',
    }
  }
  if (connection.actsWith === 'none') {
    return { kind: 'noToken', detail: 'This connection only observes. Add an act token in Settings.' }
  }
  return null
}
