import type { EpochMs } from '../../engine/failure.ts'
import type { Device } from './device.ts'
import { roll } from './roll.ts'

/** How fast the fleet follows a switch: as Cloudflare documents it, or within half a minute for a tour. */
export type Pace = 'realistic' | 'quick'

/** A switch of the Global WARP override that changed its state. */
export interface OverrideSwitch {
  readonly at: EpochMs
  readonly isOn: boolean
}

/**
 * How long after a switch a device learns of it. Cloudflare says "within seconds" in one place and "up to 10 minutes" in
 * another: here three in four within the first minute, the last one after ten. How it spreads between is assumed.
 */
function learningDelay(device: Device, switchIndex: number, pace: Pace): number {
  const chance = roll(device.seed, 1_000_003 + switchIndex)
  return pace === 'quick' ? 1000 + 22_000 * chance ** 3 : 2000 + 598_000 * chance ** 9
}

/**
 * Since when a device has been disconnected by the override; null: it is not. A device takes over the state that is in
 * force when it learns of a switch, so a switch back that came sooner leaves no trace on it.
 */
export function disconnectedSince(
  device: Device,
  at: EpochMs,
  switches: readonly OverrideSwitch[],
  pace: Pace,
): EpochMs | null {
  let learnedAt = Number.NEGATIVE_INFINITY
  switches.forEach((one, index) => {
    if (one.at > at) return
    const learns = one.at + learningDelay(device, index, pace)
    if (learns <= at && learns > learnedAt) learnedAt = learns
  })
  const inForce = switches.findLast((one) => one.at <= learnedAt)
  return inForce?.isOn === true ? learnedAt : null
}
