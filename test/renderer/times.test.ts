import { expect, test } from 'vitest'

import {
  formatAge,
  formatClock,
  formatDuration,
  formatMoment,
  formatTimestamp,
  parseTimestamp,
} from '../../renderer/lib/times.ts'
import { countTicks, timeTicks } from '../../renderer/lib/ticks.ts'

const second = 1000
const minute = 60 * second
const hour = 60 * minute

test.each([
  [-5 * second, '0 s'],
  [12 * second, '12 s'],
  [59.9 * second, '59 s'],
  [3 * minute + 20 * second, '3 min 20 s'],
  [26 * minute + 59 * second, '26 min'],
  [4 * hour + 10 * minute, '4 h 10 min'],
  [5 * hour, '5 h'],
  [51 * hour, '2 d 3 h'],
])('%i ms is "%s"', (ms, words) => {
  expect(formatDuration(ms)).toBe(words)
})

test('a reading from a clock that is ahead is as old as now', () => {
  expect(formatAge(2_000, 1_000)).toBe('0 s ago')
})

test('today needs no day, another day does, another year its year', () => {
  const now = Date.UTC(2026, 10, 16, 3, 32)
  expect(formatMoment(Date.UTC(2026, 10, 16, 3, 6), now, 'UTC')).toBe('03:06')
  expect(formatMoment(Date.UTC(2026, 10, 12, 9, 41), now, 'UTC')).toBe('12 Nov 09:41')
  expect(formatMoment(Date.UTC(2025, 10, 12, 9, 41), now, 'UTC')).toBe('12 Nov 2025 09:41')
  expect(formatClock(Date.UTC(2026, 10, 16, 0, 5, 9), true, 'UTC')).toBe('00:05:09')
})

test('Cloudflare’s timestamps are read in both of their forms, and shown as they are otherwise', () => {
  expect(parseTimestamp('2023-07-16 15:00:00+00')).toBe(Date.UTC(2023, 6, 16, 15))
  expect(parseTimestamp('2023-07-16T15:00:00Z')).toBe(Date.UTC(2023, 6, 16, 15))
  expect(formatTimestamp('a while ago', 0)).toBe('a while ago')
})

test('axis lines are round, cover what is drawn, and are few', () => {
  expect(countTicks(0, 10_021)).toEqual([0, 2_500, 5_000, 7_500, 10_000, 12_500])
  expect(countTicks(0, 4)).toEqual([0, 1, 2, 3, 4])
  expect(countTicks(9_207, 9_421)).toEqual([9_200, 9_250, 9_300, 9_350, 9_400, 9_450])
})

test('time lines are round in local time, across the end of summer time too', () => {
  // Berlin, 25 October 2026: at 01:00 UTC the clocks go back from +2 h to +1 h.
  const change = Date.UTC(2026, 9, 25, 1)
  const berlin = (at: number) => (at < change ? 120 : 60)
  const ticks = timeTicks(Date.UTC(2026, 9, 24, 20), Date.UTC(2026, 9, 25, 20), 5, berlin)
  expect(ticks.map((at) => new Date(at + berlin(at) * minute).getUTCHours())).toEqual([0, 6, 12, 18])
})
