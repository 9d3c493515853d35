import { note } from './notices.ts'
import type { EpochMs, Failure } from './failure.ts'
import { connectedNow } from './fleet/fleet-state.ts'
import { claimNow } from './override/claim.ts'
import { hurry } from './schedule/streams.ts'
import type { Snapshot } from './snapshot.ts'
import type { EngineState } from './state.ts'
import { inOrder, rest } from './turn.ts'
import type { Turn } from './turn.ts'
import { countOf, devicesOf, spanOf } from './wording.ts'

/** What the machine is doing, as far as it told or as calls show. */
export interface Machine {
  /** When it went to sleep; null: it is awake. */
  readonly asleepSince: EpochMs | null
  readonly isNetworkLost: boolean
  /** Calls in a row that reached nobody. */
  readonly offlineInRow: number
  /** When the engine last took a step; null: never. */
  readonly steppedAt: EpochMs | null
}

/** A time in which nothing was watched. */
export interface Gap {
  readonly from: EpochMs
  readonly to: EpochMs
  /** What was known before it, until it is told how that compares; null: it was told, or nothing was known. */
  readonly before: { readonly override: 'on' | 'off' | 'unknown'; readonly connected: number } | null
}

/** Shorter gaps are not worth a word. */
const shortestGapMs = 60_000
/** The app takes a step at least every 10 s: without one for so long the machine slept without saying so. */
const unannouncedSleepMs = 120_000
const gapShownMs = 3_600_000

/** One call that reaches nobody may be a hiccup, two in a row are a state. */
export function presenceOf({ asleepSince, isNetworkLost, offlineInRow }: Machine): Snapshot['presence'] {
  if (asleepSince !== null) return 'asleep'
  return isNetworkLost || offlineInRow >= 2 ? 'offline' : 'awake'
}

/** Something answered: there is a network, whatever was told. */
export function hearAnswer(state: EngineState): EngineState {
  return { ...state, machine: { ...state.machine, isNetworkLost: false, offlineInRow: 0 } }
}

/** A call failed. Nobody was reached only where nothing answered; a timeout says nothing either way. */
export function hearFailure(state: EngineState, { kind }: Failure): EngineState {
  if (kind === 'timeout' || kind === 'noToken') return state
  if (kind !== 'offline') return hearAnswer(state)
  return { ...state, machine: { ...state.machine, offlineInRow: state.machine.offlineInRow + 1 } }
}

/** The machine goes to sleep: nothing is sent until it wakes. */
export function fallAsleep(state: EngineState, at: EpochMs): Turn {
  if (state.machine.asleepSince !== null) return rest(state)
  return rest({ ...state, machine: { ...state.machine, asleepSince: at } })
}

export function loseNetwork(state: EngineState): Turn {
  return rest({ ...state, machine: { ...state.machine, isNetworkLost: true } })
}

/** Resume, unlock or network back are one event: what matters is asked for now, and no failure before it counts. */
export function wake(state: EngineState, at: EpochMs): Turn {
  const { asleepSince } = state.machine
  const machine = { ...state.machine, asleepSince: null, isNetworkLost: false, offlineInRow: 0 }
  const awake = { ...state, machine, streams: hurry(state.streams, at, asleepSince !== null) }
  return asleepSince === null ? rest(awake) : openGap(awake, asleepSince, at)
}

/** A machine that slept without a word is woken by the first step after it. */
export function noticeSilence(state: EngineState, at: EpochMs): Turn {
  const { asleepSince, steppedAt } = state.machine
  const wasSilent = steppedAt !== null && at - steppedAt >= unannouncedSleepMs
  if (state.connection === null || asleepSince !== null || !wasSilent) return rest(state)
  return inOrder(
    state,
    (each) => fallAsleep(each, steppedAt),
    (each) => wake(each, at),
  )
}

/** Says that nothing was watched from `from` until now, unless that was but a moment. */
export function openGap(state: EngineState, from: EpochMs, at: EpochMs): Turn {
  if (state.connection === null || at - from < shortestGapMs) return rest(state)
  const { fleet, override, settings } = state
  const connected = connectedNow(fleet)
  const before = connected === null ? null : { override: claimNow(override, from, settings).state, connected }
  const text = `Nothing was watched for ${spanOf(at - from)}. Status and mode of that time come from Cloudflare's history; the rest was not recorded`
  return rest({ ...state, gap: { from, to: at, before } }, note(at, 'saw', 'stale', text))
}

/** Once both were read after a gap: what they are now against what they were before it. */
export function catchUp(state: EngineState, at: EpochMs): Turn {
  const { gap, fleet, override, settings } = state
  if (gap?.before == null || override.seen.kind === 'unknown') return rest(state)
  if (fleet.reading === null || fleet.reading.asOf < gap.to || override.seen.asOf < gap.to) return rest(state)
  const { before } = gap
  const now = claimNow(override, at, settings).state
  const switched =
    now === before.override ? `the override is ${now} as before` : `the override went from ${before.override} to ${now}`
  const devices = `${devicesOf(fleet.reading.connected)} connected, ${countOf(before.connected)} before`
  return rest(
    { ...state, gap: { ...gap, before: null } },
    note(at, 'saw', 'information', `Caught up after ${spanOf(gap.to - gap.from)}: ${switched}; ${devices}`),
  )
}

/** The newest gap, while it is still news. */
export function gapAt({ gap }: EngineState, at: EpochMs): Snapshot['gap'] {
  return gap === null || at - gap.to > gapShownMs ? null : { from: gap.from, to: gap.to }
}
