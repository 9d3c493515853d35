import type { EpochMs } from '../../engine/failure.ts'
import type { Account } from '../account/account.ts'
import { person } from '../account/people.ts'
import type { Person } from '../account/people.ts'
import { profileOf, profilesOf } from '../account/profiles.ts'
import { isMobile } from '../fleet/catalogue.ts'
import type { Platform } from '../fleet/catalogue.ts'
import type { Device } from '../fleet/device.ts'
import { sight } from '../fleet/fleet.ts'
import { hexDigits } from '../fleet/identifiers.ts'
import { roll } from '../fleet/roll.ts'
import type { Switches } from '../switches.ts'

/** Make, model and system of a device by its platform; made up as far as they are names of products. */
const machines: Readonly<Record<Platform, readonly [maker: string, model: string, system: string]>> = {
  windows: ['Corvid', 'Slate 14', '10.0.26100'],
  mac: ['Apple', 'MacBook Pro', '26.1.0'],
  linux: ['Corvid', 'Tower 5', '6.12.0'],
  ios: ['Apple', 'iPhone', '26.1'],
  android: ['Pallas', 'Note 8', '16'],
  chromeos: ['Corvid', 'Book C', '142.0'],
}

/** The id that DEX has for a device; whose id it is, no document says. */
export function dexDeviceId(device: Device, switches: Switches): string {
  return switches.dexDeviceId === 'physical' ? device.id : device.registrationId
}

export function deviceName(device: Device): string {
  const prefix = isMobile(device.platform) ? 'mob' : device.habit === 'always' ? 'fix' : 'lap'
  return `${prefix}-${device.colo.code.toLowerCase()}-${String(device.index).padStart(5, '0')}`
}

/** Whose device it is: nine in ten have a person of their own, the others share one with the device before. */
export function ownerOf(account: Account, device: Device): Person {
  return person(account.seed, 10 + (roll(device.seed, 22) < 0.9 ? device.index : Math.max(0, device.index - 1)))
}

/** When a device last reported, in the account's life; null: never. */
export function lastSeenAt(account: Account, device: Device): EpochMs | null {
  return sight(device, account.clock.lived(), account.fleet)?.at ?? null
}

/** A moment of the account's life as the wire shows it: RFC 3339. */
function toRfc3339(account: Account, lived: EpochMs): string {
  return new Date(account.clock.toShown(lived)).toISOString()
}

/** A physical device as the list has it. */
export function physicalDevice(account: Account, device: Device, seenAt: EpochMs | null, withPolicy: boolean) {
  const owner = ownerOf(account, device)
  const [manufacturer, model, system] = machines[device.platform]
  const created = new Date(device.createdAt).toISOString()
  const known = <T>(value: T) => (account.switches.nullableFields === 'null' ? null : value)
  return {
    id: device.id,
    name: deviceName(device),
    created_at: created,
    updated_at: seenAt === null ? created : toRfc3339(account, seenAt),
    last_seen_at: seenAt === null ? null : known(toRfc3339(account, seenAt)),
    active_registrations: device.habit === 'retired' ? 0 : 1,
    client_version: known(device.version),
    deleted_at: null,
    device_type: known(device.platform),
    hardware_id: known(hexDigits(device.seed, 33, 32)),
    mac_address: known(`02:00:5e:${hexDigits(device.seed, 34, 6).replace(/..(?=.)/g, '$&:')}`),
    manufacturer: known(manufacturer),
    model: known(model),
    os_version: known(system),
    os_version_extra: null,
    serial_number: known(hexDigits(device.seed, 35, 10).toUpperCase()),
    last_seen_user: {
      id: owner.id,
      ...(account.switches.emails === 'shown' ? { email: owner.email, name: owner.name } : {}),
    },
    ...(withPolicy ? { last_seen_registration: { policy: policyOf(account, device) } } : {}),
  }
}

/** A registration as the list has it. Its key is no key. */
export function registration(account: Account, device: Device, seenAt: EpochMs | null, withPolicy: boolean) {
  const owner = ownerOf(account, device)
  const created = new Date(device.createdAt).toISOString()
  const seen = seenAt === null ? created : toRfc3339(account, seenAt)
  return {
    id: device.registrationId,
    key: 'not a key',
    key_type: roll(device.seed, 23) < 0.6 ? 'secp256r1' : 'curve25519',
    tunnel_type: roll(device.seed, 23) < 0.6 ? 'masque' : 'wireguard',
    created_at: created,
    updated_at: seen,
    last_seen_at: seen,
    deleted_at: null,
    revoked_at: device.habit === 'retired' ? seen : null,
    device: { id: device.id, name: deviceName(device), client_version: device.version },
    user: {
      id: owner.id,
      // The one sample in Cloudflare's documentation has an empty name too.
      ...(account.switches.emails === 'shown' ? { email: owner.email, name: '' } : {}),
    },
    ...(withPolicy ? { policy: policyOf(account, device) } : {}),
  }
}

function policyOf(account: Account, device: Device) {
  const profile = profileOf(device, profilesOf(account.seed))
  return {
    id: profile.id,
    name: profile.name,
    default: profile.isDefault,
    deleted: false,
    updated_at: new Date(account.createdAt).toISOString(),
  }
}
