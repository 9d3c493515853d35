import type { Device } from '../fleet/device.ts'
import { uuid } from '../fleet/identifiers.ts'
import { roll } from '../fleet/roll.ts'

/** A device settings profile, as far as the demo tells profiles apart. */
export interface Profile {
  readonly id: string
  readonly name: string
  readonly isDefault: boolean
  /** Mode of service_mode_v2; the schema's examples are "proxy" and "warp". */
  readonly serviceMode: string
  /** Whom it applies to, in the language of profiles; null for the default. */
  readonly match: string | null
  readonly isSwitchLocked: boolean
}

/** The profiles of an account: the default one first. */
export function profilesOf(seed: number): readonly Profile[] {
  const make = (index: number, facts: Omit<Profile, 'id' | 'isDefault'>): Profile => ({
    id: uuid(seed, 13_000_027 + index),
    isDefault: index === 0,
    ...facts,
  })
  const groups = (name: string) => `any(identity.groups.name[*] in {"${name}"})`
  return [
    make(0, { name: 'Default', serviceMode: 'warp', match: null, isSwitchLocked: false }),
    make(1, { name: 'Engineering', serviceMode: 'warp', match: groups('Engineering'), isSwitchLocked: false }),
    make(2, { name: 'DNS only', serviceMode: '1dot1', match: groups('Contractors'), isSwitchLocked: true }),
    make(3, { name: 'Kiosks', serviceMode: 'proxy', match: groups('Kiosks'), isSwitchLocked: true }),
    make(4, { name: 'Tunnel without DNS', serviceMode: 'tunnelonly', match: groups('Network'), isSwitchLocked: false }),
  ]
}

/** Which of them a device has: its mode decides, and among those of the usual mode a roll. */
export function profileOf(device: Device, profiles: readonly Profile[]): Profile {
  const byMode: Readonly<Record<string, number>> = { doh: 2, proxy: 3, warp: 4 }
  const index = byMode[device.mode] ?? (roll(device.seed, 21) < 0.3 ? 1 : 0)
  const profile = profiles[index]
  if (profile === undefined) throw new RangeError('There is no such profile')
  return profile
}
