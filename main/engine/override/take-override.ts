import type { EpochMs } from '../failure.ts'
import { connectedNow } from '../fleet/fleet-state.ts'
import type { Direction, OverrideAnswer, OverrideValue } from '../model.ts'
import { note, tell } from '../notices.ts'
import type { InFlight } from '../schedule/streams.ts'
import type { EngineState } from '../state.ts'
import { inOrder, rest } from '../turn.ts'
import type { Step, Turn } from '../turn.ts'
import { devicesOf, spanOf } from '../wording.ts'
import { inquire } from './attribution.ts'
import { beginFollowing } from './convergence.ts'
import type { OverrideSeen } from './act.ts'
import { sightOf, hasMoved, isChanged, judge } from './judge.ts'
import type { Shown } from './judge.ts'
import { awaitReading, confirmIntent, contradictIntent, isPending } from './settle.ts'

/** How far back the audit log is asked for a switch from before this start. */
const farBackMs = 30 * 24 * 3_600_000

/** Takes in a reading of the override: what it shows, whether someone switched it, and what it says of our act. */
export function takeOverride(state: EngineState, answer: OverrideAnswer, call: InFlight, at: EpochMs): Turn {
  const { override } = state
  const { value, timestamp } = answer
  // Asked before our POST and answered after it: whether it shows what was before or after cannot be told.
  if (override.post !== null && call.callId <= override.post.callId) return rest(awaitReading(state))
  if (value === null) {
    const silent = { ...state, override: { ...override, isSilent: true } }
    return override.isSilent
      ? rest(silent)
      : rest(silent, note(at, 'saw', 'stale', 'Cloudflare does not say whether the override is on'))
  }
  // An answer with the timestamp from before the last switch comes from a place that does not know of it yet.
  if (timestamp !== null && timestamp === override.outdated) return rest(state)
  const shown: Shown = { value, timestamp }
  const before = override.seen
  const { seenTimestamp } = sightOf(before)
  const seen: EngineState = {
    ...state,
    override: {
      ...override,
      seen: { kind: 'known', value, timestamp, asOf: call.askedAt },
      isSilent: false,
      seenByCall: call.callId,
      outdated: hasMoved(seenTimestamp, timestamp) ? seenTimestamp : override.outdated,
    },
  }
  return settleOr((each) => noticeSwitch(each, before, shown, at), seen, shown, call, at)
}

/** What it says of our act, if it was asked for after its POST; else whatever it shows was done by somebody else. */
function settleOr(otherwise: Step, state: EngineState, shown: Shown, call: InFlight, at: EpochMs): Turn {
  const { intent, post, doubt } = state.override
  if (!isPending(intent) || (intent.kind === 'sending' && post === null)) return otherwise(state)
  const { act } = intent
  // Of an act from before this start, what the person saw is all that is known of the time before it.
  const isNew = isChanged(post?.before ?? act, shown)
  const judgement = judge(act, { isAccepted: post?.acceptedAt != null, isNew }, shown, doubt, call.askedAt)
  switch (judgement.verdict) {
    case 'confirmed':
      return confirmIntent(state, act, { timestamp: shown.timestamp, isNew }, at)
    case 'contradicted':
      return contradictIntent(state, act, shown.value, at)
    case 'open':
      return otherwise({ ...state, override: { ...state.override, doubt: judgement.doubt } })
  }
}

/** Notices what was switched without us: another value, or the same one set again. */
function noticeSwitch(state: EngineState, before: OverrideSeen, shown: Shown, at: EpochMs): Turn {
  const isFirst = before.kind === 'unknown'
  if (!isChanged(sightOf(before), shown) || (isFirst && shown.value === 'off')) return rest(state)
  const direction: Direction = shown.value === 'on' ? 'disconnect' : 'reconnect'
  const since = isFirst ? at - farBackMs : before.asOf
  const connected = connectedNow(state.fleet)
  return inOrder(
    state,
    (each) => rest(isFirst ? each : follow(each, direction, connected, at)),
    (each) => inquire(each, direction, since, null),
    (each) => tellSwitch(each, before, shown, connected, at),
  )
}

/** The devices follow somebody else's switch, whatever ours were doing. */
function follow(state: EngineState, direction: Direction, connected: number | null, at: EpochMs): EngineState {
  const { intent } = state.override
  const over =
    intent.kind === 'converging' ? ({ kind: 'settled', act: intent.act, at, outcome: 'done' } as const) : intent
  const following = beginFollowing(state, direction, connected, at)
  return { ...state, override: { ...state.override, intent: over, following } }
}

function tellSwitch(
  state: EngineState,
  before: OverrideSeen,
  { value, timestamp }: Shown,
  connected: number | null,
  at: EpochMs,
): Turn {
  const isOn = value === 'on'
  const effect = isOn ? 'Desktop clients drop' : 'Desktop clients come back by themselves'
  const counts = connected === null ? '' : `${devicesOf(connected)} were connected when last read. `
  const when = before.kind === 'unknown' ? '' : `It happened in the ${spanOf(at - before.asOf)} before now. `
  return rest(
    state,
    ...tell(state, at, isOn ? 'override' : 'information', {
      key: `override-${value}:${timestamp ?? String(at)}`,
      urgency: isOn ? 'critical' : 'normal',
      title: titleOf(before, value),
      body: `${when}${counts}${effect} within 10 minutes; this is no outage. The audit log is asked who it was`,
      opens: 'override',
    }),
  )
}

function titleOf(before: OverrideSeen, value: OverrideValue): string {
  if (before.kind === 'unknown') return `Override ${value}: it was so before Fleetlight began to watch`
  if (before.value === value) return `Override ${value}: set again by someone else`
  return `Override ${value}: switched by someone else`
}
