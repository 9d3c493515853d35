import type { Answer, CallOutcome } from './calls.ts'
import type { EpochMs, Failure } from './failure.ts'
import { sayFailure } from './failure-words.ts'
import { connectedOf } from './fleet/counts.ts'
import { noStatus, takeFleet, takeHistory } from './fleet/take-fleet.ts'
import { note } from './notices.ts'
import type { Act } from './override/act.ts'
import { failAudit, takeAudit } from './override/attribution.ts'
import type { Post } from './override/override-state.ts'
import { takePostAnswer } from './override/send.ts'
import { takeOverride } from './override/take-override.ts'
import { hearAnswer, hearFailure } from './presence.ts'
import { observe } from './schedule/governor.ts'
import { setStream } from './schedule/planner.ts'
import { callLostMs, coreStreams, failed, streamNames, succeeded, urge } from './schedule/streams.ts'
import type { InFlight, StreamName } from './schedule/streams.ts'
import type { EngineState } from './state.ts'
import { inactive, roleOfActs, takeVerdict } from './tokens.ts'
import { inOrder, rest } from './turn.ts'
import type { Turn } from './turn.ts'
import { spanOf } from './wording.ts'

const names: Readonly<Record<Exclude<StreamName, 'audit'>, readonly [name: string, verb: string]>> = {
  override: ['The override', 'read'],
  fleet: ['The fleet status', 'read'],
  verify: ['The token', 'verified'],
  history: ['The history of the last 7 days', 'read'],
}
/** One failure may be a hiccup and is not worth a line, unless it is of a kind that lasts. */
const failuresTold = 2
const lasting = new Set<Failure['kind']>(['unauthorized', 'forbidden', 'rateLimited', 'noToken'])

/** Takes in what came of a call. A call that is not open (any more) is ignored, whatever it answers. */
export function takeAnswer(state: EngineState, callId: number, outcome: CallOutcome, at: EpochMs): Turn {
  const { post, intent } = state.override
  if (post?.callId === callId && intent.kind === 'sending') return takeActOutcome(state, intent.act, post, outcome, at)
  const name = streamNames.find((each) => state.streams[each].inFlight?.callId === callId)
  const inFlight = name === undefined ? null : state.streams[name].inFlight
  if (name === undefined || inFlight === null) return rest(state)
  const learnt = { ...state, budgets: { ...state.budgets, watch: observe(state.budgets.watch, outcome, at) } }
  const { result } = outcome
  return result.ok ? take(learnt, name, result.value, inFlight, at) : takeFailure(learnt, name, result.failure, at)
}

/** Calls that will never be answered any more end as if they had timed out. */
export function giveUpCalls(state: EngineState, at: EpochMs): Turn {
  const lost = streamNames.filter((name) => {
    const { inFlight } = state.streams[name]
    return inFlight !== null && at - inFlight.askedAt >= callLostMs
  })
  const failure: Failure = { kind: 'timeout', detail: 'nothing for 60 s' }
  return inOrder(state, ...lost.map((name) => (each: EngineState) => takeFailure(each, name, failure, at)))
}

function takeActOutcome(state: EngineState, act: Act, post: Post, outcome: CallOutcome, at: EpochMs): Turn {
  const token = roleOfActs(state)
  const budgets = { ...state.budgets, [token]: observe(state.budgets[token], outcome, at) }
  const { result } = outcome
  const lastError = result.ok ? state.lastError : { failure: result.failure, at }
  return takePostAnswer({ ...state, budgets, lastError }, act, post, outcome, at)
}

function take(state: EngineState, name: StreamName, answer: Answer, call: InFlight, at: EpochMs): Turn {
  const unusable = objectionTo(answer)
  return inOrder(
    state,
    (each) => (unusable === null ? takeSuccess(each, name, at) : takeFailure(each, name, unusable, at)),
    (each) => takeValue(each, answer, call, at),
  )
}

/** What makes an answer one that does not tell what was asked; null: it does. */
function objectionTo(answer: Answer): Failure | null {
  if (answer.kind === 'readFleet' && connectedOf(answer.value.summary) === null) return noStatus
  return answer.kind === 'verifyToken' ? inactive(answer.value) : null
}

function takeValue(state: EngineState, answer: Answer, call: InFlight, at: EpochMs): Turn {
  switch (answer.kind) {
    case 'readOverride':
      return takeOverride(state, answer.value, call, at)
    case 'readFleet':
      return takeFleet(state, answer.value, call, at)
    case 'readHistory':
      return takeHistory(state, answer.value, call, at)
    case 'readOverrideAudit':
      return takeAudit(state, answer.value, at)
    case 'verifyToken':
      return rest(takeVerdict(state, answer.value))
    case 'switchOverride':
      return rest(state)
  }
}

function takeSuccess(state: EngineState, name: StreamName, at: EpochMs): Turn {
  const stream = state.streams[name]
  const heard = hearAnswer(setStream(state, name, succeeded(stream)))
  const next = stream.failures === 0 ? heard : urgeFailing(heard)
  if (name === 'audit' || stream.failures < failuresTold) return rest(next)
  const span = stream.failingSince === null ? '' : `, after ${spanOf(at - stream.failingSince)}`
  const [what, verb] = names[name]
  return rest(next, note(at, 'saw', 'information', `${what} can be ${verb} again${span}`))
}

/** One question is answered again after failures: the others need not wait out their back-off. */
function urgeFailing(state: EngineState): EngineState {
  const failing = coreStreams.filter((name) => state.streams[name].failures > 0)
  return failing.reduce((each, name) => setStream(each, name, urge(each.streams[name])), state)
}

function takeFailure(state: EngineState, name: StreamName, failure: Failure, at: EpochMs): Turn {
  const stream = failed(state.streams[name], failure, at)
  const heard = hearFailure(setStream(state, name, stream), failure)
  if (name === 'audit') return failAudit(heard, failure, at)
  const isCore = name === 'override' || name === 'fleet'
  // Cloudflare answers alike to a bad token and to one that lacks a permission: only verifying tells them apart.
  const isDoubtful =
    isCore && stream.failures === 1 && (failure.kind === 'unauthorized' || failure.kind === 'forbidden')
  const checked = isDoubtful ? setStream(heard, 'verify', urge(heard.streams.verify)) : heard
  // A limit that is used up stops every other reading too, whichever met it first.
  const next = isCore || failure.kind === 'rateLimited' ? { ...checked, lastError: { failure, at } } : checked
  const isNews = lasting.has(failure.kind)
    ? state.streams[name].failure?.kind !== failure.kind
    : stream.failures === failuresTold
  if (!isNews) return rest(next)
  const [what, verb] = names[name]
  return rest(next, note(at, 'failed', 'stale', `${what} could not be ${verb}. ${sayFailure(failure)}`))
}
