import type { EpochMs } from '../failure.ts'
import type { FleetView } from '../snapshot.ts'
import { leastWeekBefore, weekBefore } from './week.ts'
import type { Week } from './week.ts'

/** A connected count that others are compared with, as long as it counts. */
export interface RecentCount {
  readonly at: EpochMs
  readonly connected: number
  readonly until: EpochMs
}

/** How many devices should be connected now, and what that rests on. */
export interface Expectation {
  readonly devices: number
  readonly from: NonNullable<FleetView['expectedFrom']>
}

const minuteMs = 60_000
const recentMs = 30 * minuteMs
/** Without a week to compare with, no count says anything of the fleet so much later. */
const longestWithoutWeekMs = 2 * 60 * minuteMs
/** People do not keep to the minute: this week may run so much earlier or later than the last. */
const shiftsMs = [-15 * minuteMs, 0, 15 * minuteMs]
const hourSpreadMs = 30 * minuteMs

/** Adds a count; of each minute the highest is kept. */
export function addRecent(recent: readonly RecentCount[], at: EpochMs, connected: number): readonly RecentCount[] {
  const last = recent.at(-1)
  const isSameMinute = last !== undefined && Math.floor(last.at / minuteMs) === Math.floor(at / minuteMs)
  const kept = isSameMinute ? recent.slice(0, -1) : recent
  const highest = isSameMinute && last.connected > connected ? last : { at, connected, until: at + recentMs }
  return [...kept.filter(({ until }) => until > at), highest]
}

/** While an override explains every count, those from before it stay what the fleet is measured by. */
export function holdRecent(recent: readonly RecentCount[], week: Week, at: EpochMs): readonly RecentCount[] {
  const hasWeek = weekBefore(week, at) !== null
  return recent
    .filter((each) => hasWeek || at - each.at <= longestWithoutWeekMs)
    .map((each) => ({ ...each, until: Math.max(each.until, at + recentMs) }))
}

/**
 * What is expected: the most seen in the last 30 minutes, less what went down in the same time a week ago, so that an
 * ordinary evening is no drop. The count of a week ago itself only counts when less than half of it is there: windows of
 * Cloudflare's history are not those of the live summary, and a holiday is no outage. Null: nothing to compare with.
 */
export function expectDevices(
  recent: readonly RecentCount[],
  week: Week,
  connected: number,
  at: EpochMs,
): Expectation | null {
  const counts = recent.filter(({ until }) => until > at)
  const most = Math.max(0, ...counts.map((each) => each.connected))
  const paced = Math.max(0, ...counts.map((each) => each.connected * paceBetween(week, each.at, at)))
  const sameHour = leastWeekBefore(week, at, hourSpreadMs)
  if (sameHour !== null && connected * 2 < sameHour && sameHour > paced) {
    return { devices: Math.round(sameHour), from: 'same hour last week' }
  }
  if (counts.length === 0) return null
  const devices = Math.round(paced)
  return { devices, from: devices < most ? 'same hour last week' : 'last 30 minutes' }
}

/** Which part of what was connected at `then` is still expected at `at`, by what happened a week ago; at most all. */
export function paceBetween(week: Week, then: EpochMs, at: EpochMs): number {
  const paces = shiftsMs.map((shift) => {
    const before = weekBefore(week, then + shift)
    const now = weekBefore(week, at + shift)
    return before === null || now === null || before <= now ? 1 : now / before
  })
  return Math.min(...paces)
}
