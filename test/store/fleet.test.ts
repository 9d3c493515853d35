import { expect, test } from 'vitest'

import { freshProfile, startStore } from './profile.ts'
import { day, hour, minute, reading, start } from './samples.ts'

async function openFleet() {
  const { store } = startStore(freshProfile())
  return store.openFleet('one')
}

test('a connection that was never watched has nothing to remember', async () => {
  const fleet = await openFleet()
  expect(await fleet.remember(start)).toEqual({ recentConnected: [], lastWeek: [], watchedUntil: null })
})

test('the last half hour is remembered with its real times', async () => {
  const fleet = await openFleet()
  for (const at of [-31, -30, -1, 0]) await fleet.recordFleet(reading(start + at * minute, 100 - at))
  const { recentConnected, watchedUntil } = await fleet.remember(start)
  expect(recentConnected).toEqual([
    { at: start - 30 * minute, connected: 130 },
    { at: start - minute, connected: 101 },
    { at: start, connected: 100 },
  ])
  expect(watchedUntil).toBe(start)
})

test('the last week comes from our samples where there are any, else from history, at most 700 points', async () => {
  const fleet = await openFleet()
  const points = Array.from({ length: 7 * 24 * 6 }, (_, index) => ({
    at: start - 7 * day + index * 10 * minute,
    dimension: 'status' as const,
    value: 'connected',
    count: 500,
  }))
  await fleet.recordHistory(points, start)
  await fleet.recordFleet(reading(start - 2 * day, 77))
  const { lastWeek } = await fleet.remember(start)
  expect(lastWeek.length).toBeGreaterThan(600)
  expect(lastWeek.length).toBeLessThanOrEqual(700)
  expect(lastWeek.filter((point) => point.connected === 77)).toEqual([{ at: start - 2 * day, connected: 77 }])
  expect(lastWeek.map((point) => point.at)).toEqual(lastWeek.map((point) => point.at).toSorted((a, b) => a - b))
  expect(lastWeek.every((point) => point.at >= start - 7 * day)).toBe(true)
})

test('a short drop a week ago does not lower what is remembered of that time', async () => {
  const fleet = await openFleet()
  for (let index = 0; index < 10; index += 1) {
    await fleet.recordFleet(reading(start - 3 * day + index * minute, index === 4 ? 2 : 90))
  }
  expect((await fleet.remember(start)).lastWeek.map((point) => point.connected)).not.toContain(2)
})

test('activity is told newest first, page by page, and no line is lost between pages', async () => {
  const fleet = await openFleet()
  const times = [1, 2, 2, 2, 3, 4]
  for (const [index, at] of times.entries()) {
    await fleet.recordActivity({ at: start + at, kind: 'saw', tone: 'well', text: `line ${index}` })
  }
  const seen: string[] = []
  let before: number | null = null
  for (;;) {
    const page = await fleet.activity(before, 4)
    if (page.length === 0) break
    seen.push(...page.map((entry) => entry.text))
    before = page.at(-1)?.at ?? null
  }
  expect(seen).toEqual(['line 5', 'line 4', 'line 3', 'line 2', 'line 1', 'line 0'])
})

test('activity keeps its newest 10,000 lines', async () => {
  const fleet = await openFleet()
  const lines = Array.from({ length: 10_050 }, (_, index) => start + index)
  await Promise.all(lines.map((at) => fleet.recordActivity({ at, kind: 'did', tone: 'information', text: 'x' })))
  expect(await fleet.activity(start + 50, 10)).toEqual([])
  expect(await fleet.activity(start + 51, 10)).toHaveLength(1)
})

test('connections do not see each other, and a deleted one begins anew', async () => {
  const { store } = startStore(freshProfile())
  const one = await store.openFleet('one')
  const two = await store.openFleet('two')
  await one.recordFleet(reading(start, 5))
  expect((await two.remember(start)).watchedUntil).toBeNull()
  await store.deleteFleet('one')
  expect((await (await store.openFleet('one')).remember(start)).watchedUntil).toBeNull()
})

test('what was recorded is there after a restart', async () => {
  const profile = freshProfile()
  const before = startStore(profile).store
  await (await before.openFleet('one')).recordFleet(reading(start + hour, 5))
  await before.close()
  const after = await startStore(profile).store.openFleet('one')
  expect((await after.remember(start + hour)).watchedUntil).toBe(start + hour)
})
