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

/** Devices that stay connected under the override; 0 when platforms are not told. */
export function mobileOf({ by }: FleetSummary): number {
  return sum((by.platform ?? []).filter(({ value }) => mobilePlatforms.has(value.toLowerCase())))
}

export function sum(counts: readonly Count[]): number {
  return counts.reduce((total, { count }) => total + count, 0)
}
