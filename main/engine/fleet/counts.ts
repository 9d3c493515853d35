import type { Count, FleetSummary } from '../model.ts'

/** Platforms whose clients do not obey the override (Cloudflare's docs: "iOS, Android and ChromeOS are not supported"). */
const mobilePlatforms = new Set(['ios', 'android', 'chromeos'])

/**
 * How many devices are connected. Cloudflare documents the status as a free string and shows it in both cases; a summary
 * of no device needs no groups; null: it does not say.
 */
export function connectedOf({ total, by }: FleetSummary): number | null {
  if (total === 0) return 0
  return by.status === null ? null : sum(by.status.filter(({ value }) => value.toLowerCase() === 'connected'))
}

/** Which part of the devices, 0..1, the override does not reach; null: platforms are not told. */
export function mobileShareOf({ by }: FleetSummary): number | null {
  if (by.platform === null) return null
  const mobile = sum(by.platform.filter(({ value }) => mobilePlatforms.has(value.toLowerCase())))
  return mobile / Math.max(1, sum(by.platform))
}

export function sum(counts: readonly Count[]): number {
  return counts.reduce((total, { count }) => total + count, 0)
}
