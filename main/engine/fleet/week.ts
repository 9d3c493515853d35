import type { EpochMs } from '../failure.ts'
import type { HistoryPoint } from '../model.ts'

/** How many devices were connected at a moment of the last seven days. */
export interface WeekPoint {
  readonly at: EpochMs
  readonly connected: number
}

const minuteMs = 60_000
const weekMs = 7 * 24 * 60 * minuteMs
/** One point a quarter of an hour, as many as a week has. */
const slotMs = 15 * minuteMs
/** Points further apart than this say nothing of the time between them. */
const widestGapMs = 2 * 60 * minuteMs

/**
 * Adds points to those known, and forgets what is over a week old. Of each quarter of an hour the highest is kept: what
 * is expected must not shrink because a week ago something was briefly broken.
 */
export function addToWeek(week: readonly WeekPoint[], points: readonly WeekPoint[], at: EpochMs): readonly WeekPoint[] {
  const bySlot = new Map<number, WeekPoint>()
  for (const point of [...week, ...points]) {
    if (at - point.at > weekMs + widestGapMs || point.at > at) continue
    const slot = Math.floor(point.at / slotMs)
    const known = bySlot.get(slot)
    if (known === undefined || point.connected > known.connected) bySlot.set(slot, point)
  }
  return [...bySlot.values()].sort((a, b) => a.at - b.at)
}

/** The connected counts in Cloudflare's history, whose status is a free string in either case. */
export function connectedIn(points: readonly HistoryPoint[]): readonly WeekPoint[] {
  const counts = new Map<EpochMs, number>()
  for (const { at, dimension, value, count } of points) {
    if (dimension !== 'status') continue
    counts.set(at, (counts.get(at) ?? 0) + (value.toLowerCase() === 'connected' ? count : 0))
  }
  return [...counts].map(([at, connected]) => ({ at, connected }))
}

/** How many were connected a week before `at`, between the nearest points; null: not recorded. */
export function weekBefore(week: readonly WeekPoint[], at: EpochMs): number | null {
  const then = at - weekMs
  const after = week.find((point) => point.at >= then)
  const before = week.findLast((point) => point.at <= then)
  if (before === undefined || after === undefined || after.at - before.at > widestGapMs) return null
  if (after.at === before.at) return before.connected
  return before.connected + ((after.connected - before.connected) * (then - before.at)) / (after.at - before.at)
}

/** The least that were connected a week ago within `spreadMs` either way: people do not keep to the minute. */
export function leastWeekBefore(week: readonly WeekPoint[], at: EpochMs, spreadMs: number): number | null {
  const here = weekBefore(week, at)
  if (here === null) return null
  const edges = [weekBefore(week, at - spreadMs), weekBefore(week, at + spreadMs)].filter((edge) => edge !== null)
  const within = week.filter((point) => Math.abs(point.at - (at - weekMs)) <= spreadMs)
  return Math.min(here, ...edges, ...within.map(({ connected }) => connected))
}
