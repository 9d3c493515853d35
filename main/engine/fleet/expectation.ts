import type { EpochMs } from '../failure.ts'
import type { FleetView } from '../snapshot.ts'
import { leastWeekBefore, weekBefore } from './week.ts'
import type { WeekPoint } from './week.ts'

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
/** A week ago people left so much earlier or later. */
const paceSpreadMs = 15 * minuteMs
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
export function holdRecent(recent: readonly RecentCount[], hasWeek: boolean, at: EpochMs): readonly RecentCount[] {
  return recent
    .filter((each) => hasWeek || at - each.at <= longestWithoutWeekMs)
    .map((each) => ({ ...each, until: Math.max(each.until, at + recentMs) }))
}

/**
 * What is expected: the most seen in the last 30 minutes, less what went down in the same time a week ago, so that an
 * ordinary evening is no drop. The count of a week ago itself only counts when less than half of it is there: windows of
 * Cloudflare's history are not those of the live summary, and a holiday is no outage. Null: nothing to compare with.
 */
export function expect(
  recent: readonly RecentCount[],
  week: readonly WeekPoint[],
  connected: number,
  at: EpochMs,
): Expectation | null {
  const pace = leastWeekBefore(week, at, paceSpreadMs)
  const counts = recent.filter(({ until }) => until > at)
  const most = Math.max(0, ...counts.map((each) => each.connected))
  const paced = Math.max(0, ...counts.map((each) => each.connected * paceSince(week, each.at, pace)))
  const sameHour = leastWeekBefore(week, at, hourSpreadMs)
  if (sameHour !== null && connected * 2 < sameHour && sameHour > paced) {
    return { devices: Math.round(sameHour), from: 'same hour last week' }
  }
  if (counts.length === 0) return null
  const devices = Math.round(paced)
  return { devices, from: devices < most ? 'same hour last week' : 'last 30 minutes' }
}

/** Which part of a count from `then` is still expected when a week ago it had become `pace`; never more than all. */
export function paceSince(week: readonly WeekPoint[], then: EpochMs, pace: number | null): number {
  const before = weekBefore(week, then)
  return before === null || pace === null || before <= pace ? 1 : pace / before
}

export function paceAt(week: readonly WeekPoint[], at: EpochMs): number | null {
  return leastWeekBefore(week, at, paceSpreadMs)
}
