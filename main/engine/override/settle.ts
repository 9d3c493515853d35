import type { EpochMs, Failure } from '../failure.ts'
import type { Notice } from '../events.ts'
import { sayFailure } from '../failure-words.ts'
import type { OverrideValue } from '../model.ts'
import { tell } from '../notices.ts'
import { urge } from '../schedule/streams.ts'
import type { EngineState } from '../state.ts'
import { inOrder, rest } from '../turn.ts'
import type { Turn } from '../turn.ts'
import { countOf } from '../wording.ts'
import type { Act, OverrideIntent } from './act.ts'
import { inquire } from './attribution.ts'
import { beginFollowing } from './convergence.ts'
import { targetOf } from './judge.ts'
import { record, verbOf } from './words.ts'

type Pending = Extract<OverrideIntent, { kind: 'sending' | 'unconfirmed' }>

/** Whether what came of an act is still to be found out. */
export function isPending(intent: OverrideIntent): intent is Pending {
  return intent.kind === 'sending' || intent.kind === 'unconfirmed'
}

/** Nothing was switched, by us or by Cloudflare. The ledger keeps the attempt. */
export function refuse(state: EngineState, act: Act, failure: Failure, at: EpochMs): Turn {
  const words = sayFailure(failure)
  const override = {
    ...state.override,
    intent: { kind: 'refused', act, at, failure },
    post: null,
    doubt: null,
  } as const
  const next = { ...state, override }
  return rest(
    next,
    record(act, 'refused', at, words),
    ...tell(next, at, 'degraded', {
      key: `act-refused:${act.id}`,
      urgency: 'critical',
      title: `The ${verbOf(act)} was refused: nothing was switched`,
      body: words,
      opens: 'override',
    }),
  )
}

/** No usable answer came to the POST, or no reading after it: it is never sent again, and only reading can tell. */
export function losePost(state: EngineState, act: Act, cause: Failure, isAccepted: boolean, at: EpochMs): Turn {
  const words = isAccepted
    ? `Cloudflare accepted it, but it could not be read back for 60 s. ${sayFailure(cause)} Reading goes on; it is not sent again`
    : `${sayFailure(cause)} Whether it was carried out is not known: it is read back, not sent again`
  const next = awaitReading({
    ...state,
    override: { ...state.override, intent: { kind: 'unconfirmed', act, since: at, cause } },
  })
  return rest(
    next,
    ...(isAccepted ? [] : [record(act, 'unconfirmed', at, words)]),
    ...tell(next, at, 'stale', {
      key: `act-unconfirmed:${act.id}`,
      urgency: 'critical',
      title: `The ${verbOf(act)} is unconfirmed: ${isAccepted ? 'it was not seen yet' : 'no answer came'}`,
      body: words,
      opens: 'override',
    }),
  )
}

/** The override is read as soon as may be. */
export function awaitReading(state: EngineState): EngineState {
  return { ...state, streams: { ...state.streams, override: urge(state.streams.override) } }
}

/** A reading shows what was meant; `isNew`: it was not so before. Only then is there something for devices to follow. */
export function confirmIntent(
  state: EngineState,
  act: Act,
  { timestamp, isNew }: { readonly timestamp: string | null; readonly isNew: boolean },
  at: EpochMs,
): Turn {
  const { override } = state
  const { connectedBefore } = override
  const intent: OverrideIntent = isNew
    ? { kind: 'converging', act, since: at, timestamp, connectedBefore }
    : { kind: 'settled', act, at, outcome: 'done' }
  const following = isNew ? beginFollowing(state, act.direction, connectedBefore, at) : override.following
  const words = `A reading shows the override ${targetOf(act)}${timestamp === null ? '' : `, switched at ${timestamp}`}`
  return inOrder(
    { ...state, override: { ...override, intent, post: null, doubt: null, following } },
    (each) => settleOlder(each, targetOf(act), at),
    (each) => inquire(each, act.direction, act.at, act.id),
    (each) =>
      rest(
        each,
        record(act, 'confirmed', at, words),
        ...tell(
          each,
          at,
          targetOf(act) === 'on' ? 'override' : 'well',
          confirmation(act, timestamp, isNew, connectedBefore),
        ),
      ),
  )
}

function confirmation(act: Act, timestamp: string | null, isNew: boolean, connectedBefore: number | null): Notice {
  const value = targetOf(act)
  const counts = connectedBefore === null ? '' : `${countOf(connectedBefore)} devices were connected. `
  const effect = value === 'on' ? 'Desktop clients drop' : 'Desktop clients come back by themselves'
  const consequence = isNew
    ? `${counts}${effect} within 10 minutes; this is no outage.`
    : 'It was so before, so nothing changes.'
  return {
    key: isNew ? `override-${value}:${timestamp ?? act.id}` : `act-confirmed:${act.id}`,
    urgency: value === 'on' ? 'critical' : 'normal',
    title: `Override ${value}: ${isNew ? 'switched' : 'set again'} by this Fleetlight`,
    body: `${consequence} Reason: ${act.reason}`,
    opens: 'override',
  }
}

/** Readings show the opposite of what was meant, and it stays: the override is `value`. */
export function contradictIntent(state: EngineState, act: Act, value: OverrideValue, at: EpochMs): Turn {
  const words = `Readings over 2 minutes show that the override is ${value}: it was not carried out, or someone switched it back`
  const next: EngineState = {
    ...state,
    override: {
      ...state.override,
      intent: { kind: 'settled', act, at, outcome: 'contradicted' },
      post: null,
      doubt: null,
    },
  }
  return inOrder(
    next,
    (each) => settleOlder(each, value, at),
    (each) =>
      rest(
        each,
        record(act, 'contradicted', at, words),
        ...tell(each, at, 'critical', {
          key: `act-contradicted:${act.id}`,
          urgency: 'critical',
          title: `The ${verbOf(act)} did not take effect`,
          body: `${words}. Look at the override, then decide again`,
          opens: 'override',
        }),
      ),
  )
}

/** Acts before the newest whose end was not known: what is seen now settles them too. */
function settleOlder(state: EngineState, value: OverrideValue, at: EpochMs): Turn {
  const rows = state.override.older.map((act) => {
    const words = `A reading shows the override ${value}, after a later act`
    return record(act, targetOf(act) === value ? 'confirmed' : 'contradicted', at, words)
  })
  return rest({ ...state, override: { ...state.override, older: [] } }, ...rows)
}
