import type { Account } from '../account/account.ts'
import type { Device } from '../fleet/device.ts'
import type { Sighting } from '../fleet/fleet.ts'
import { roll } from '../fleet/roll.ts'
import { deviceName, dexDeviceId, ownerOf } from './device-records.ts'
import { dexWords } from './dex.ts'

/** A report of a device, as fleet-status/devices has it. */
export function dexRecord(account: Account, { device, status, at }: Sighting) {
  const { switches } = account
  const words = dexWords(switches)
  return {
    deviceId: dexDeviceId(device, switches),
    timestamp: words.timestamp(account.clock.toShown(at)),
    status: words.status(status),
    mode: words.mode(device.mode),
    platform: words.platform(device),
    colo: words.colo(device, status),
    version: device.version,
    deviceName: deviceName(device),
    registrationId: device.registrationId,
    ...(switches.emails === 'shown' ? { personEmail: ownerOf(account, device).email } : {}),
    ...(switches.nullableFields === 'filled' ? telemetry(account, { device, status, at }) : noTelemetry),
  }
}

/** What the schema has nullable, all of it null. */
const noTelemetry = {
  alwaysOn: null,
  switchLocked: null,
  connectionType: null,
  networkSsid: null,
  wifiStrengthDbm: null,
  handshakeLatencyMs: null,
  estimatedLossPct: null,
  batteryPct: null,
  batteryCharging: null,
  cpuPct: null,
  ramUsedPct: null,
  diskUsagePct: null,
  firewallEnabled: null,
}

function telemetry(account: Account, { device, status, at }: Sighting) {
  const slot = Math.floor(at / 60_000)
  const vary = (salt: number) => roll(device.seed, 40 + salt * 1_000_003 + slot)
  const percent = (value: number) => {
    const scaled = account.switches.percentScale === 100 ? value : value / 100
    return Math.round(scaled * 1000) / 1000
  }
  const hasBattery = device.habit !== 'always'
  const isWireless = roll(device.seed, 24) < (hasBattery ? 0.8 : 0.1)
  const isConnected = status === 'connected'
  return {
    alwaysOn: roll(device.seed, 25) < 0.7,
    switchLocked: roll(device.seed, 26) < 0.2,
    connectionType: isWireless ? (device.habit === 'phone' ? 'cellular' : 'wifi') : 'ethernet',
    networkSsid: isWireless && device.habit !== 'phone' ? 'larkspur' : null,
    // Logpush documents -30 to -90 dBm for the same telemetry.
    wifiStrengthDbm: isWireless && device.habit !== 'phone' ? -35 - Math.floor(vary(1) * 45) : null,
    // Logpush documents -1 while disconnected.
    handshakeLatencyMs: isConnected ? 8 + Math.floor(vary(2) * 60) : -1,
    estimatedLossPct: percent(isConnected ? vary(3) ** 6 * 4 : 100),
    batteryPct: hasBattery ? percent(20 + vary(4) * 80) : null,
    batteryCharging: hasBattery ? vary(5) < 0.5 : null,
    cpuPct: percent(3 + vary(6) ** 2 * 80),
    ramUsedPct: percent(35 + vary(7) * 50),
    diskUsagePct: percent(20 + roll(device.seed, 27) * 70),
    firewallEnabled: roll(device.seed, 28) < 0.95,
    ispIpv4: provider(device, '4'),
    deviceIpv4: provider(device, '4'),
  }
}

/** Addresses are from the blocks set aside for documentation. The SDK documents 1 for IPv4, the API reference a text. */
function provider(device: Device, version: '4') {
  const last = device.seed % 254
  return {
    address: `198.51.100.${last + 1}`,
    asn: device.carrier.asn,
    aso: device.carrier.name,
    netmask: '255.255.255.0',
    version,
    location: { city: device.colo.city, country_iso: device.colo.country, state_iso: null, zip: null },
  }
}
