import type { EpochMs } from '../../engine/failure.ts'
import { carriers, isMobile, modes, obeysOverride, platforms, regions, versions } from './catalogue.ts'
import type { Carrier, Colo, Platform } from './catalogue.ts'
import { uuid } from './identifiers.ts'
import { pick, roll } from './roll.ts'

/** When a device is awake: in office hours, always, as a phone is, or never again. */
type Habit = 'office' | 'always' | 'phone' | 'retired'

/** A device as it is made once; what it does at a moment is worked out from this and the moment alone. */
export interface Device {
  readonly index: number
  /** Of the device itself. */
  readonly id: string
  /** Of the registration by which it speaks. */
  readonly registrationId: string
  readonly seed: number
  readonly platform: Platform
  readonly version: string
  readonly mode: string
  readonly colo: Colo
  readonly carrier: Carrier
  readonly utcOffsetMinutes: number
  readonly habit: Habit
  /** Whether the Global WARP override reaches it. */
  readonly obeysOverride: boolean
  /** Minutes of the local day at which its person usually begins and ends. */
  readonly startsAt: number
  readonly endsAt: number
  readonly createdAt: EpochMs
  /** When a retired device was last seen; null: never, or not retired. */
  readonly retiredAt: EpochMs | null
}

const dayMs = 86_400_000

/** The fleet of a seed: the same devices, in the same order, for the same seed, count and day of the start. */
export function makeDevices(count: number, seed: number, startedAt: EpochMs): readonly Device[] {
  return Array.from({ length: count }, (_, index) => makeDevice(index, seed, startedAt))
}

function makeDevice(index: number, fleetSeed: number, startedAt: EpochMs): Device {
  const seed = Math.floor(roll(fleetSeed, index) * 4_294_967_296)
  const chance = (salt: number) => roll(seed, salt)
  const platform = pick(platforms, chance(1))
  const version = pick(versions[platform.name], chance(2)).name
  const region = pick(regions, chance(3))
  const isPhone = isMobile(platform.name)
  const isRetired = chance(4) < 0.03
  const isAlwaysOn = chance(5) < platform.alwaysOn
  return {
    index,
    id: uuid(seed, 31),
    registrationId: uuid(seed, 32),
    seed,
    platform: platform.name,
    version,
    mode: isPhone ? 'warp+doh' : pick(modes, chance(6)).name,
    colo: pick(region.colos, chance(7)),
    carrier: pick(carriers, chance(8)),
    utcOffsetMinutes: region.utcOffsetMinutes,
    habit: isRetired ? 'retired' : isPhone ? 'phone' : isAlwaysOn ? 'always' : 'office',
    obeysOverride: obeysOverride(platform.name, version),
    // Three draws added up are close enough to the bell of people's habits.
    startsAt: 7.2 * 60 + (chance(9) + chance(10) + chance(11)) * 68,
    endsAt: 15.8 * 60 + (chance(12) + chance(13) + chance(14)) * 84,
    createdAt: startedAt - Math.floor((200 + chance(15) * 500) * dayMs),
    retiredAt: isRetired && chance(16) < 0.9 ? startedAt - Math.floor((15 + chance(17) * 150) * dayMs) : null,
  }
}
