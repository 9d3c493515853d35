import type { Tone } from './events.ts'
import type { EpochMs } from './failure.ts'
import type { OverrideClaim } from './freshness.ts'
import type { Incident } from './incidents/incident.ts'
import type { OverrideIntent } from './override/act.ts'
import type { Convergence, FleetView, Snapshot } from './snapshot.ts'
import { boundText, countOf, devicesOf, spanOf } from './wording.ts'

/** The faces of the app, the first that holds wins, in this order. */
export const faceNames = [
  'signed-out',
  'override-on',
  'unknown',
  'offline',
  'stale',
  'critical',
  'degraded',
  'well',
] as const
export type FaceName = (typeof faceNames)[number]

/** What the tray shows, and every view begins with. */
export interface Face {
  readonly name: FaceName
  readonly tone: Tone
  /** The face rests on a reading that is too old: drawn with the stale mark beside the face's own shape. */
  readonly isStale: boolean
  /** What a colleague would say: one sentence without its full stop, at most 90 characters. */
  readonly sentence: string
}

type Fleet = Pick<FleetView, 'total' | 'connected' | 'expected' | 'asOf' | 'freshness'>

/** All that a face is decided by. */
export interface FaceFacts {
  readonly at: EpochMs
  readonly isConnected: boolean
  readonly presence: Snapshot['presence']
  readonly override: OverrideClaim & {
    readonly asOf: EpochMs | null
    readonly sentence: string
    readonly intent: OverrideIntent
    readonly convergence: Convergence | null
  }
  /** Null: how many devices are connected was never read. */
  readonly fleet: Fleet | null
  /** Cloudflare's newest answer did not say how many devices are connected. */
  readonly isFleetSilent: boolean
  /** Open ones, the most severe first. */
  readonly incidents: readonly Incident[]
}

const sentenceLength = 90
const silence = 'Cloudflare does not say how many devices are connected'
const tones: Readonly<Record<FaceName, Tone>> = {
  'signed-out': 'information',
  'override-on': 'override',
  unknown: 'stale',
  offline: 'stale',
  stale: 'stale',
  critical: 'critical',
  degraded: 'degraded',
  well: 'well',
}

/** Decides the face: the first that holds. It is never well by default, only when everything it rests on says so. */
export function decideFace(facts: FaceFacts): Face {
  const { at, isConnected, presence, override, fleet, incidents } = facts
  if (!isConnected) return face('signed-out', 'No account is watched: connect one to begin')
  if (override.state === 'on') return face('override-on', sayOn(facts), override.freshness !== 'fresh')
  const unknown = sayPending(override.intent) ?? sayOverrideUnknown(facts)
  if (unknown !== null) return face('unknown', unknown)
  if (fleet === null) return face('unknown', sayNoFleet(facts))
  const vague = sayFleetUnknown(facts, fleet)
  if (vague !== null) return face('unknown', vague)
  if (presence !== 'awake') return face('offline', sayAway(facts), true)
  const stale = sayStale(facts, fleet)
  if (stale !== null) return face('stale', stale, true)
  const [worst] = incidents
  if (worst !== undefined) return face(worst.severity, `${worst.sentence}, for ${spanOf(at - worst.since)}`)
  const doubt = sayDoubt(facts, fleet)
  return doubt === null ? face('well', sayWell(fleet)) : face('degraded', doubt)
}

function face(name: FaceName, sentence: string, isStale = false): Face {
  return { name, tone: tones[name], isStale, sentence: boundText(sentence, sentenceLength) }
}

function sayOn({ override, fleet }: FaceFacts): string {
  if (override.freshness !== 'fresh' || fleet?.freshness !== 'fresh') return override.sentence
  const isDropping = override.convergence?.direction === 'disconnect'
  return `${override.sentence}: ${devicesOf(fleet.connected)} ${isDropping ? 'still connected' : 'connected'}`
}

/** What was sent and not read back yet may change everything that was read before. */
function sayPending(intent: OverrideIntent): string | null {
  if (intent.kind === 'unconfirmed') {
    return `The ${intent.act.direction} is unconfirmed: it may or may not have been carried out`
  }
  if (intent.kind !== 'sending' || intent.callId === null) return null
  return `The ${intent.act.direction} was sent: reading whether it took effect`
}

/** Why it is not known whether the override is on; null: it is known. */
function sayOverrideUnknown(facts: FaceFacts): string | null {
  const { presence, override, fleet } = facts
  if (override.state !== 'unknown') return null
  const blindness = sayBlindness(facts)
  if (blindness !== null) return blindness
  if (override.asOf === null)
    return fleet === null ? 'Override and fleet are read for the first time' : override.sentence
  return presence === 'awake' ? override.sentence : sayAway(facts)
}

function sayNoFleet(facts: FaceFacts): string {
  return facts.isFleetSilent ? silence : (sayBlindness(facts) ?? 'The fleet was not read yet')
}

/** Why it is not known how many devices are connected; null: it is known. */
function sayFleetUnknown(facts: FaceFacts, { total, freshness, asOf }: Fleet): string | null {
  if (facts.isFleetSilent) return silence
  if (freshness === 'unknown') {
    return sayBlindness(facts) ?? `The fleet is unknown: not read for ${spanOf(facts.at - asOf)}`
  }
  return total === 0 && facts.incidents.length === 0 ? 'Cloudflare counts no device at all' : null
}

/** What keeps us from reading, if it is known. */
function sayBlindness({ incidents }: FaceFacts): string | null {
  return incidents.find(({ kind }) => kind !== 'fleetDrop')?.sentence ?? null
}

function sayAway({ at, presence, override, fleet }: FaceFacts): string {
  const asOf = Math.min(override.asOf ?? at, fleet?.asOf ?? at)
  const what = presence === 'asleep' ? 'Asleep, nothing is watched' : 'This machine is offline'
  return `${what}: what is known is ${spanOf(at - asOf)} old`
}

function sayStale({ at, override }: FaceFacts, fleet: Fleet): string | null {
  if (override.freshness !== 'fresh') return override.sentence
  if (fleet.freshness === 'fresh') return null
  return `Not read for ${spanOf(at - fleet.asOf)}: ${devicesOf(fleet.connected)} were connected`
}

/** What keeps a fleet without an incident from being well; null: nothing. */
function sayDoubt({ override }: FaceFacts, { connected, expected, total }: Fleet): string | null {
  const goal = expected ?? 0
  if (override.convergence?.direction === 'reconnect' && connected < goal) {
    return `Devices are coming back: ${countOf(connected)} of ${devicesOf(goal)} connected`
  }
  // Fewer than half is never well, whether it has held yet or not.
  if (connected * 2 >= (expected ?? total)) return null
  const measure = expected === null ? `${devicesOf(total)} seen` : `${devicesOf(expected)} expected`
  return `Only ${countOf(connected)} of ${measure} are connected`
}

function sayWell({ connected }: Fleet): string {
  return `All well: ${devicesOf(connected)} connected, override off`
}
