/** What the demo fleet is made of. Colos are real airport codes; carriers are made up, their numbers are documentation's. */

export type Platform = 'windows' | 'mac' | 'linux' | 'ios' | 'android' | 'chromeos'

export interface Colo {
  readonly code: string
  readonly city: string
  readonly country: string
  readonly weight: number
  /** A colo that the carrier outage reaches. */
  readonly isOnBrokenPath: boolean
}

export interface Region {
  /** Of its working hours; the demo knows no summer time. */
  readonly utcOffsetMinutes: number
  readonly weight: number
  readonly colos: readonly Colo[]
}

export const regions: readonly Region[] = [
  {
    utcOffsetMinutes: 0,
    weight: 14,
    colos: [colo('LHR', 'London', 'GB', 9), colo('MAN', 'Manchester', 'GB', 3, false)],
  },
  {
    utcOffsetMinutes: 60,
    weight: 28,
    colos: [colo('FRA', 'Frankfurt', 'DE', 12), colo('AMS', 'Amsterdam', 'NL', 7), colo('CDG', 'Paris', 'FR', 8)],
  },
  { utcOffsetMinutes: -300, weight: 20, colos: [colo('EWR', 'Newark', 'US', 9), colo('IAD', 'Ashburn', 'US', 8)] },
  { utcOffsetMinutes: -360, weight: 10, colos: [colo('ORD', 'Chicago', 'US', 6), colo('DFW', 'Dallas', 'US', 4)] },
  {
    utcOffsetMinutes: -480,
    weight: 10,
    colos: [colo('SJC', 'San Jose', 'US', 7), colo('LAX', 'Los Angeles', 'US', 4)],
  },
  { utcOffsetMinutes: 330, weight: 6, colos: [colo('BOM', 'Mumbai', 'IN', 1, false)] },
  { utcOffsetMinutes: 480, weight: 6, colos: [colo('SIN', 'Singapore', 'SG', 1)] },
  { utcOffsetMinutes: 540, weight: 4, colos: [colo('NRT', 'Tokyo', 'JP', 1)] },
  { utcOffsetMinutes: 600, weight: 2, colos: [colo('SYD', 'Sydney', 'AU', 1, false)] },
]

export interface Carrier {
  readonly name: string
  /** From 64496..64511, which are set aside for documentation. */
  readonly asn: number
  readonly weight: number
}

/** The first is the largest, and the one that fails in the carrier outage. */
export const carriers: readonly Carrier[] = [
  { name: 'Meridian Telecom', asn: 64496, weight: 46 },
  { name: 'Northlink Broadband', asn: 64497, weight: 24 },
  { name: 'Halcyon Fibre', asn: 64498, weight: 16 },
  { name: 'Tessera Cable', asn: 64499, weight: 14 },
]

export const platforms: readonly { readonly name: Platform; readonly weight: number; readonly alwaysOn: number }[] = [
  { name: 'windows', weight: 50, alwaysOn: 0.34 },
  { name: 'mac', weight: 28, alwaysOn: 0.22 },
  { name: 'linux', weight: 12, alwaysOn: 0.6 },
  { name: 'ios', weight: 5, alwaysOn: 0 },
  { name: 'android', weight: 4, alwaysOn: 0 },
  { name: 'chromeos', weight: 1, alwaysOn: 0 },
]

interface Weighted {
  readonly name: string
  readonly weight: number
}

/** The version that stops reporting in the silent death. */
export const dyingVersion = '2026.7.843.0'

const desktopVersions: readonly Weighted[] = [
  { name: '2026.9.312.0', weight: 16 },
  { name: dyingVersion, weight: 46 },
  { name: '2026.4.1390.0', weight: 20 },
  { name: '2025.10.186.0', weight: 11 },
  { name: '2025.2.600.0', weight: 4 },
  { name: '2024.12.554.0', weight: 3 },
]

export const versions: Readonly<Record<Platform, readonly Weighted[]>> = {
  windows: desktopVersions,
  mac: desktopVersions,
  linux: desktopVersions,
  ios: [
    { name: '1.12.1', weight: 3 },
    { name: '1.11.0', weight: 1 },
  ],
  android: [
    { name: '2.6.1', weight: 3 },
    { name: '2.5.3', weight: 1 },
  ],
  chromeos: [{ name: '2.6.1', weight: 1 }],
}

/** Names of the service mode as device telemetry in Logpush shows them ("proxy", "warp+doh"); the others are assumed. */
export const modes: readonly Weighted[] = [
  { name: 'warp+doh', weight: 82 },
  { name: 'doh', weight: 8 },
  { name: 'proxy', weight: 6 },
  { name: 'warp', weight: 4 },
]

export function isMobile(platform: Platform): boolean {
  return platform === 'ios' || platform === 'android' || platform === 'chromeos'
}

/**
 * Whether the Global WARP override reaches a client: Cloudflare documents Windows, macOS and Linux from client version
 * 2025.2.600.0 on, and none on iOS, Android and ChromeOS.
 */
export function obeysOverride(platform: Platform, version: string): boolean {
  if (isMobile(platform)) return false
  const [year = 0, month = 0, build = 0] = version.split('.').map(Number)
  return year > 2025 || (year === 2025 && (month > 2 || (month === 2 && build >= 600)))
}

function colo(code: string, city: string, country: string, weight: number, isOnBrokenPath = true): Colo {
  return { code, city, country, weight, isOnBrokenPath }
}
