import type { EpochMs } from '../failure.ts'
import type { HistoryPoint } from '../model.ts'

/** How many devices were connected at a moment of the last days. */
export interface WeekPoint {
  readonly at: EpochMs
  readonly connected: number
}

/** Points in the order of time, at most one a quarter of an hour. */
export type Week = readonly WeekPoint[]

const minuteMs = 60_000
const weekMs = 7 * 24 * 60 * minuteMs
const slotMs = 15 * minuteMs
/** Points further apart than this say nothing of the time between them. */
const widestGapMs = 2 * 60 * minuteMs
/** A day more than a week is kept: an outage or an override of hours is measured by what was a week before it began. */
const keptMs = weekMs + 24 * 60 * minuteMs

/**
 * Adds points to those known. Of each quarter of an hour the highest is kept: what is expected must not shrink because a
 * week ago something was briefly broken.
 */
export function addToWeek(week: Week, points: readonly WeekPoint[], at: EpochMs): Week {
  const bySlot = new Map<number, WeekPoint>()
  for (const point of [...week, ...points]) {
    if (at - point.at > keptMs || point.at > at) continue
    const slot = slotOf(point)
    const known = bySlot.get(slot)
    if (known === undefined || point.connected > known.connected) bySlot.set(slot, point)
  }
  return [...bySlot.values()].sort((a, b) => a.at - b.at)
}

/** Adds the newest count, which is most often one more of the same quarter of an hour. */
export function addNewest(week: Week, point: WeekPoint): Week {
  const last = week.at(-1)
  const isLower = last !== undefined && slotOf(last) === slotOf(point) && point.connected <= last.connected
  return isLower ? week : addToWeek(week, [point], point.at)
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
export function weekBefore(week: Week, at: EpochMs): number | null {
  const then = at - weekMs
  const index = firstFrom(week, then)
  const after = week[index] ?? null
  const before = week[index - 1] ?? null
  // At the edges of what is recorded the outermost point stands for the time around it.
  if (before === null || after === null) {
    const edge = before ?? after
    return edge === null || Math.abs(edge.at - then) * 2 > widestGapMs ? null : edge.connected
  }
  if (after.at - before.at > widestGapMs) return after.at === then ? after.connected : null
  return before.connected + ((after.connected - before.connected) * (then - before.at)) / (after.at - before.at)
}

/** The least that were connected a week ago within `spreadMs` either way; null: not recorded. */
export function leastWeekBefore(week: Week, at: EpochMs, spreadMs: number): number | null {
  const here = weekBefore(week, at)
  if (here === null) return null
  const then = at - weekMs
  const edges = [weekBefore(week, at - spreadMs), weekBefore(week, at + spreadMs)].filter((edge) => edge !== null)
  const within = week.slice(firstFrom(week, then - spreadMs), firstFrom(week, then + spreadMs))
  return Math.min(here, ...edges, ...within.map(({ connected }) => connected))
}

/** The index of the first point at or after `at`; the length of the week when there is none. */
function firstFrom(week: Week, at: EpochMs): number {
  let low = 0
  let high = week.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((week[middle]?.at ?? at) < at) low = middle + 1
    else high = middle
  }
  return low
}

function slotOf({ at }: WeekPoint): number {
  return Math.floor(at / slotMs)
}
