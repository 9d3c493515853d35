import type { Snapshot } from '../../main/engine/snapshot.ts'
import { formatDuration, formatMoment } from './times.ts'

/** What was missed while the machine slept or Fleetlight was not running, and from where the rest is known. */
export function describeGap(gap: NonNullable<Snapshot['gap']>, now: number): string {
  const span = `${formatMoment(gap.from, now)} to ${formatMoment(gap.to, now)}`
  return `Nothing was watched from ${span} (${formatDuration(gap.to - gap.from)}). Status and mode of that time come from Cloudflare's own history; colo, version and platform were not recorded.`
}
