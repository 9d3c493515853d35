import type { EpochMs } from '../../engine/failure.ts'
import type { Device } from './device.ts'
import { lastHeard, statusAt } from './status.ts'
import type { Conditions, Status } from './status.ts'

/** The devices and what bears on them. Its moments are of the account's life. */
export interface Fleet {
  readonly devices: readonly Device[]
  readonly conditions: Conditions
}

/** The last that a device reported in a window. */
export interface Sighting {
  readonly device: Device
  readonly status: Status
  readonly at: EpochMs
}

/** Devices report once a minute, each at a second of its own, and whenever their status changes (assumed). */
const reportMs = 60_000

/** The last report of a device up to a moment; null: none within the last weeks. */
export function sight(device: Device, at: EpochMs, { conditions }: Fleet): Sighting | null {
  const heard = lastHeard(device, at, conditions)
  if (heard === null) return null
  const status = statusAt(device, heard, conditions)
  const reported = heard - ((heard + device.seed) % reportMs)
  return { device, status: status === 'silent' ? 'connected' : status, at: reported }
}

/** Every device that reported in the window (from, to], as it last did. */
export function sightWithin(fleet: Fleet, from: EpochMs, to: EpochMs): readonly Sighting[] {
  const sightings: Sighting[] = []
  for (const device of fleet.devices) {
    const sighting = sight(device, to, fleet)
    if (sighting !== null && sighting.at > from) sightings.push(sighting)
  }
  return sightings
}

/** All that a device reported in the window (from, to], one status once, the last one first. */
export function statusesWithin(device: Device, from: EpochMs, to: EpochMs, fleet: Fleet): readonly Status[] {
  const seen = new Set<Status>()
  for (let at = to; at > from; at -= reportMs) {
    const status = statusAt(device, at, fleet.conditions)
    if (status !== 'silent') seen.add(status)
  }
  return [...seen]
}

/** How the fleet really is, without windows and delays. */
export interface TrueCounts {
  /** All devices, awake or not. */
  readonly devices: number
  /** Those that report at this moment. */
  readonly total: number
  readonly connected: number
  readonly disconnected: number
  readonly paused: number
  readonly connecting: number
  /** Of those connected, the ones that the override would reach. */
  readonly reachable: number
}

export function countTruly(fleet: Fleet, at: EpochMs): TrueCounts {
  const counts = { connected: 0, disconnected: 0, paused: 0, connecting: 0 }
  let reachable = 0
  for (const device of fleet.devices) {
    const status = statusAt(device, at, fleet.conditions)
    if (status === 'silent') continue
    counts[status] += 1
    if (status === 'connected' && device.obeysOverride) reachable += 1
  }
  const total = counts.connected + counts.disconnected + counts.paused + counts.connecting
  return { devices: fleet.devices.length, total, ...counts, reachable }
}
