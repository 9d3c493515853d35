import type { EpochMs } from '../../engine/failure.ts'
import type { Trouble } from '../scenarios.ts'
import { carriers, dyingVersion } from './catalogue.ts'
import { disconnectedSince } from './convergence.ts'
import type { OverrideSwitch, Pace } from './convergence.ts'
import type { Device } from './device.ts'
import { roll } from './roll.ts'
import { asleepSince, isAwake } from './working-hours.ts'

/** What a device says of itself; 'silent' stands for a device that says nothing. */
export type Status = 'connected' | 'disconnected' | 'paused' | 'connecting'
export type StatusOrSilent = Status | 'silent'

/** All that bears on the fleet besides the devices themselves. Moments are of the account's life. */
export interface Conditions {
  readonly troubles: readonly Trouble[]
  /** Only switches that changed the state, oldest first. */
  readonly switches: readonly OverrideSwitch[]
  readonly pace: Pace
  /** What a client reports that the override has disconnected; not documented. */
  readonly overriddenStatus: 'disconnected' | 'paused' | 'silent'
}

/** A status with the moment from which on it has held. */
interface Spell {
  readonly status: StatusOrSilent
  readonly since: EpochMs
}

const minuteMs = 60_000
const noiseSlotMs = 20 * minuteMs

/** What a device says at a moment: a function of device, moment and conditions, so any moment can be asked for. */
export function statusAt(device: Device, at: EpochMs, conditions: Conditions): StatusOrSilent {
  if (!isAwake(device, at)) return 'silent'
  const spell = spellAt(device, at, conditions)
  return spell === null ? everydayStatus(device, at) : spell.status
}

/** The last moment up to `at` at which a device had something to say; null: not within the last weeks, or never. */
export function lastHeard(device: Device, at: EpochMs, conditions: Conditions): EpochMs | null {
  let moment: EpochMs | null = at
  for (let silences = 0; silences < 20 && moment !== null; silences++) {
    if (device.habit === 'retired') return asleepSince(device, at)
    if (statusAt(device, moment, conditions) !== 'silent') return moment
    moment = silentSince(device, moment, conditions)
  }
  return null
}

/** Just before the silence began that a device is in at a moment. */
function silentSince(device: Device, at: EpochMs, conditions: Conditions): EpochMs | null {
  const asleep = isAwake(device, at) ? null : asleepSince(device, at)
  const spell = spellAt(device, at, conditions)
  const muted = spell?.status === 'silent' ? spell.since : null
  const since = Math.min(asleep ?? Infinity, muted ?? Infinity)
  return Number.isFinite(since) ? since - 1 : null
}

/** What a trouble or the override makes of a device; null: nothing. */
function spellAt(device: Device, at: EpochMs, conditions: Conditions): Spell | null {
  for (const trouble of conditions.troubles) {
    const spell = troubleSpell(device, at, trouble)
    if (spell !== null) return spell
  }
  if (conditions.switches.length === 0 || !device.obeysOverride) return null
  const since = disconnectedSince(device, at, conditions.switches, conditions.pace)
  return since === null ? null : fadeOut(device, at, since, conditions.overriddenStatus)
}

function troubleSpell(device: Device, at: EpochMs, trouble: Trouble): Spell | null {
  if (at < trouble.from || !isStruck(device, trouble)) return null
  const spread = roll(device.seed, 2_000_003) * minuteMs
  const since = trouble.from + spread
  if (at < since || (trouble.until !== null && at >= trouble.until + spread)) return null
  // Of those whose carrier fails, one in six has no other way out to report on.
  if (trouble.kind === 'silent-death' || roll(device.seed, 2_000_005) < 1 / 6) return { status: 'silent', since }
  if (at < since + 15_000) return { status: 'connecting', since }
  return fadeOut(device, at, since, 'disconnected')
}

function isStruck(device: Device, { kind }: Trouble): boolean {
  if (kind === 'silent-death') return device.version === dyingVersion
  return kind === 'carrier-outage' && device.carrier === carriers[0] && device.colo.isOnBrokenPath
}

/** A disconnected client goes on reporting for a while, then falls silent: in 10 to 45 minutes (assumed). */
function fadeOut(device: Device, at: EpochMs, since: EpochMs, status: StatusOrSilent): Spell {
  const silentFrom = since + (10 + roll(device.seed, 2_000_007) * 35) * minuteMs
  return at < silentFrom ? { status, since } : { status: 'silent', since: status === 'silent' ? since : silentFrom }
}

/** A few are always paused, disconnected or just connecting. */
function everydayStatus(device: Device, at: EpochMs): Status {
  const chance = roll(device.seed, 3_000_017 + Math.floor((at + device.seed) / noiseSlotMs))
  if (chance >= 0.03) return 'connected'
  return chance < 0.017 ? 'disconnected' : chance < 0.026 ? 'paused' : 'connecting'
}
