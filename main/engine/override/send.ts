import type { Call, CallOutcome } from '../calls.ts'
import type { LedgerFailure } from '../events.ts'
import type { EpochMs, Failure, Result } from '../failure.ts'
import { note, tell } from '../notices.ts'
import { admit } from '../schedule/governor.ts'
import { callLostMs } from '../schedule/streams.ts'
import type { EngineState } from '../state.ts'
import { roleOfActs } from '../tokens.ts'
import { rest } from '../turn.ts'
import type { Turn } from '../turn.ts'
import { boundText } from '../wording.ts'
import type { Act, LedgerEntry } from './act.ts'
import { sightOf } from './judge.ts'
import { justify } from './justification.ts'
import type { Post } from './override-state.ts'
import { awaitReading, losePost, refuse } from './settle.ts'
import { record, verbOf } from './words.ts'

/** The ledger writes in milliseconds. An act that waits longer is not sent: later would be at a moment nobody chose. */
const ledgerLostMs = 30_000
/** How long an accepted act may wait for a reading before it is called unconfirmed. */
const readBackLostMs = 60_000

/** What the ledger said. With an intent on disk its POST is handed out, once; without, nothing is sent. */
export function takeLedgerAnswer(
  state: EngineState,
  { act, state: actState }: LedgerEntry,
  result: Result<null, LedgerFailure>,
  at: EpochMs,
): Turn {
  const { intent } = state.override
  if (actState !== 'intended') return result.ok ? rest(state) : rest(state, noteLedger(act, result.failure, at))
  if (intent.kind !== 'sending' || intent.act.id !== act.id || intent.callId !== null) return rest(state)
  return result.ok ? handOut(state, intent.act, at) : refuseUnrecorded(state, intent.act, result.failure, at)
}

/** The act lane waits for nobody: where Cloudflare blocks the token now, the act is refused, not kept for later. */
function handOut(state: EngineState, act: Act, at: EpochMs): Turn {
  if (state.machine.asleepSince !== null) {
    return refuse(state, act, { kind: 'offline', detail: 'the machine went to sleep before it was sent' }, at)
  }
  const token = roleOfActs(state)
  const admission = admit(state.budgets[token], 'act', at)
  if (!admission.admitted) {
    const detail = 'the switch was not sent'
    return refuse(state, act, { kind: 'rateLimited', until: admission.until, detail }, at)
  }
  const request = {
    kind: 'switchOverride',
    disconnect: act.direction === 'disconnect',
    justification: justify(act, null),
  } as const
  const call: Call = { id: state.nextCallId, lane: 'act', token, request }
  return rest(
    {
      ...state,
      nextCallId: call.id + 1,
      budgets: { ...state.budgets, [token]: admission.budget },
      override: {
        ...state.override,
        intent: { kind: 'sending', act, callId: call.id },
        post: { callId: call.id, handedOutAt: at, acceptedAt: null, before: sightOf(state.override.seen) },
      },
    },
    { type: 'call', call },
    note(at, 'did', 'override', `Sent to Cloudflare, once: ${verbOf(act)} of ${act.accountName}`),
  )
}

/** What came of the one POST. */
export function takePostAnswer(state: EngineState, act: Act, post: Post, { result }: CallOutcome, at: EpochMs): Turn {
  if (result.ok) {
    const accepted = { ...state, override: { ...state.override, post: { ...post, acceptedAt: at } } }
    return rest(
      awaitReading(accepted),
      record(act, 'sent', at, 'Cloudflare accepted it; it is read back now'),
      note(at, 'saw', 'override', `Cloudflare accepted the ${verbOf(act)}; reading it back`),
    )
  }
  return mayBeDone(result.failure)
    ? losePost(state, act, result.failure, false, at)
    : refuse(state, act, result.failure, at)
}

/**
 * What has waited too long: for the ledger, for an answer to the POST, or for a reading after it. How long cannot be told
 * once the clock was put back, so that ends the waiting too.
 */
export function giveUpWaiting(state: EngineState, at: EpochMs): Turn {
  const { intent, post } = state.override
  if (intent.kind !== 'sending') return rest(state)
  const { act } = intent
  if (post === null) {
    if (Math.abs(at - act.at) < ledgerLostMs) return rest(state)
    return refuse(
      state,
      act,
      { kind: 'notRecorded', detail: 'The ledger did not answer in 30 s. Restart Fleetlight, then try again.' },
      at,
    )
  }
  if (post.acceptedAt === null) {
    if (Math.abs(at - post.handedOutAt) < callLostMs) return rest(state)
    return losePost(state, act, { kind: 'timeout', detail: 'nothing for 60 s' }, false, at)
  }
  if (Math.abs(at - post.acceptedAt) < readBackLostMs || state.override.doubt !== null) return rest(state)
  const cause = state.streams.override.failure ?? { kind: 'timeout', detail: 'nothing for 60 s' }
  return losePost(state, act, cause, true, at)
}

/** Whether Cloudflare may have carried out a request that ended so. */
function mayBeDone({ kind }: Failure): boolean {
  return kind === 'offline' || kind === 'timeout' || kind === 'badShape' || kind === 'server'
}

const remedies: Readonly<Record<LedgerFailure['kind'], string>> = {
  full: 'The disk is full: free some space',
  readOnly: 'The profile cannot be written: make its folder writable',
  broken: 'The ledger is damaged: restart Fleetlight, which sets it aside',
}

function refuseUnrecorded(state: EngineState, act: Act, { kind, detail }: LedgerFailure, at: EpochMs): Turn {
  const text = boundText(`${remedies[kind]}, then confirm again. (${detail})`, 200)
  const failure: Failure = { kind: 'notRecorded', detail: text }
  const override = { ...state.override, intent: { kind: 'refused', act, at, failure } } as const
  const next = { ...state, override }
  return rest(
    next,
    ...tell(next, at, 'critical', {
      key: `act-refused:${act.id}`,
      urgency: 'critical',
      title: `The ${verbOf(act)} was not sent: the ledger could not be written`,
      body: text,
      opens: 'override',
    }),
  )
}

function noteLedger(act: Act, { kind, detail }: LedgerFailure, at: EpochMs) {
  return note(
    at,
    'failed',
    'critical',
    `The ledger could not record what came of the ${verbOf(act)}. ${remedies[kind]}. (${detail})`,
  )
}
