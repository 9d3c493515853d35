import type { PermissionGroup } from '../account/tokens.ts'
import type { Device } from '../fleet/device.ts'
import type { Status } from '../fleet/status.ts'
import type { EpochMs } from '../../engine/failure.ts'
import type { Switches } from '../switches.ts'

/** Cloudflare's schema names these for everything under dex/. */
export const dexGroups: readonly PermissionGroup[] = [
  'Cloudflare DEX Write',
  'Cloudflare DEX Read',
  'Zero Trust Report',
  'Zero Trust Read',
]

const spelledModes: Readonly<Record<string, string>> = {
  'warp+doh': 'Traffic and DNS',
  doh: 'DNS only',
  proxy: 'Local proxy',
  warp: 'Traffic only',
}

/** The words of DEX for what it counts, as far as the switches leave them open. */
export function dexWords(switches: Switches) {
  return {
    status: (status: Status) =>
      switches.statusCase === 'lower' ? status : status.slice(0, 1).toUpperCase() + status.slice(1),
    mode: (mode: string) => (switches.modeNames === 'telemetry' ? mode : (spelledModes[mode] ?? mode)),
    platform: ({ platform }: Device) => (platform === 'mac' ? switches.macName : platform),
    colo: ({ colo }: Device, status: Status) =>
      status !== 'connected' && switches.disconnectedColo === 'none' ? 'none' : colo.code,
    timestamp: (at: EpochMs) => {
      const iso = new Date(at).toISOString()
      return switches.dexTimestamps === 'iso' ? iso : `${iso.slice(0, 10)} ${iso.slice(11, 19)}+00`
    },
  }
}
