import type { EpochMs } from '../../engine/failure.ts'
import type { Device } from './device.ts'
import type { Fleet } from './fleet.ts'
import { statusAt } from './status.ts'
import type { Status } from './status.ts'

/** Counts of the fleet at one moment. */
interface Slot {
  readonly at: EpochMs
  readonly byStatus: ReadonlyMap<Status, number>
  readonly byMode: ReadonlyMap<string, number>
}

/** The counts at each of the moments, and how many devices had been seen at any of them. */
export function countOverTime(fleet: Fleet, devices: readonly Device[], moments: readonly EpochMs[]) {
  const slots = moments.map((at) => ({ at, byStatus: new Map<Status, number>(), byMode: new Map<string, number>() }))
  let uniqueDevices = 0
  for (const device of devices) {
    let wasSeen = false
    for (const { at, byStatus, byMode } of slots) {
      const status = statusAt(device, at, fleet.conditions)
      if (status === 'silent') continue
      wasSeen = true
      byStatus.set(status, (byStatus.get(status) ?? 0) + 1)
      byMode.set(device.mode, (byMode.get(device.mode) ?? 0) + 1)
    }
    if (wasSeen) uniqueDevices += 1
  }
  return { slots: slots as readonly Slot[], uniqueDevices }
}
