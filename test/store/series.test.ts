import { expect, test } from 'vitest'

import type { FleetStore, Series, SeriesQuery } from '../../main/engine/ports.ts'
import { freshProfile, startStore } from './profile.ts'
import { day, hour, minute, reading, start } from './samples.ts'

async function openFleet(): Promise<FleetStore> {
  const { store } = startStore(freshProfile())
  return store.openFleet('one')
}

function hourOf(dimension: SeriesQuery['dimension'], points = 62): SeriesQuery {
  return { dimension, from: start, to: start + hour, points }
}

function line(series: Series, value: string): readonly (number | null)[] | undefined {
  return series.lines.find((one) => one.value === value)?.counts
}

test('nothing recorded is an axis without lines', async () => {
  const fleet = await openFleet()
  const series = await fleet.series(hourOf('status'))
  expect(series).toMatchObject({ lines: [], recordedSince: null })
  expect(series.at[0]).toBe(start)
})

test('each minute shows its newest reading', async () => {
  const fleet = await openFleet()
  await fleet.recordFleet(reading(start, 100))
  await fleet.recordFleet(reading(start + 30_000, 90))
  await fleet.recordFleet(reading(start + minute, 80))
  expect(line(await fleet.series(hourOf('connected')), 'connected')?.slice(0, 3)).toEqual([90, 80, null])
})

test('there are never more points than asked for, whatever the range', async () => {
  const fleet = await openFleet()
  for (const points of [10, 62, 500]) {
    for (const [from, to] of [
      [start, start + hour],
      [start + 17, start + 7 * day + 5],
      [start - 1, start],
    ] as const) {
      const series = await fleet.series({ dimension: 'status', from, to, points })
      expect(series.at.length).toBeLessThanOrEqual(points)
      expect(series.at[0]).toBeLessThanOrEqual(from)
      expect(series.at.at(-1)).toBeLessThanOrEqual(to)
    }
  }
})

test('a slot of many minutes shows its worst reading whole, so that a short outage stays visible', async () => {
  const fleet = await openFleet()
  for (let index = 0; index < 60; index += 1) {
    const connected = index === 25 ? 3 : 100
    const by = { platform: [{ value: 'linux', count: connected }] }
    await fleet.recordFleet(reading(start + index * minute, connected, by))
  }
  const query = { from: start, to: start + hour - 1, points: 12 }
  expect(line(await fleet.series({ ...query, dimension: 'connected' }), 'connected')).toContain(3)
  const platform = await fleet.series({ ...query, dimension: 'platform' })
  expect(line(platform, 'linux')?.filter((count) => count === 3)).toHaveLength(1)
})

test('before the first reading and in long gaps nothing is drawn; a missed poll is bridged', async () => {
  const fleet = await openFleet()
  for (const at of [10, 11, 13, 14, 30, 31]) await fleet.recordFleet(reading(start + at * minute, 100 + at))
  const counts = line(await fleet.series(hourOf('connected')), 'connected')
  expect(counts?.slice(8, 17)).toEqual([null, null, 110, 111, 111, 113, 114, null, null])
  expect(counts?.slice(29, 33)).toEqual([null, 130, 131, null])
})

test('slow polling is not a gap', async () => {
  const fleet = await openFleet()
  for (const at of [0, 10, 20, 30]) await fleet.recordFleet(reading(start + at * minute, 100))
  expect(line(await fleet.series(hourOf('connected')), 'connected')?.slice(0, 31)).not.toContain(null)
})

test('no device of a value is 0, a group that Cloudflare did not send is not recorded', async () => {
  const fleet = await openFleet()
  await fleet.recordFleet(reading(start, 100, { mode: [{ value: 'warp', count: 7 }] }))
  await fleet.recordFleet(reading(start + minute, 100, { mode: [{ value: 'proxy', count: 7 }] }))
  await fleet.recordFleet(reading(start + 2 * minute, 100, { mode: null }))
  const series = await fleet.series(hourOf('mode'))
  expect(line(series, 'warp')?.slice(0, 3)).toEqual([7, 0, null])
  expect(line(series, 'proxy')?.slice(0, 3)).toEqual([0, 7, null])
})

test('without a status group the connected count is not recorded', async () => {
  const fleet = await openFleet()
  await fleet.recordFleet(reading(start, 100, { status: null }))
  expect((await fleet.series(hourOf('connected'))).lines).toEqual([])
  expect((await fleet.remember(start)).recentConnected).toEqual([])
})

test('the ten largest values have lines, the rest is added up', async () => {
  const fleet = await openFleet()
  const colo = Array.from({ length: 13 }, (_, index) => ({ value: `C${index}`, count: 100 - index }))
  await fleet.recordFleet(reading(start, 100, { colo }))
  const series = await fleet.series(hourOf('colo'))
  expect(series.lines.map((one) => one.value)).toEqual([...colo.slice(0, 10).map((one) => one.value), 'others'])
  expect(line(series, 'others')?.[0]).toBe(90 + 89 + 88)
})

test('history fills what we did not record ourselves; where both are, ours is shown', async () => {
  const fleet = await openFleet()
  const history = [0, 10, 20, 30].map((at) => ({ at: start + at * minute, count: 50 + at }))
  await fleet.recordHistory(
    history.map((point) => ({ ...point, dimension: 'status', value: 'Connected' })),
    start + hour,
  )
  for (const at of [29, 30, 31]) await fleet.recordFleet(reading(start + at * minute, 7))
  const series = await fleet.series(hourOf('status'))
  expect(series).toMatchObject({ recordedSince: start, source: 'both' })
  const connected = line(series, 'connected')
  expect(connected?.slice(0, 2)).toEqual([50, 50])
  expect(connected?.slice(28, 33)).toEqual([70, 7, 7, 7, null])
  expect(series.lines.map((one) => one.value).sort()).toEqual(['connected', 'disconnected'])
})

test('what was recorded last before the axis begins still holds at its beginning', async () => {
  const fleet = await openFleet()
  const hourly = [-2, -1, 0].map(
    (at) => ({ at: start + (at + 0.5) * hour, dimension: 'mode', value: 'warp', count: at + 10 }) as const,
  )
  await fleet.recordHistory(hourly, start + hour)
  expect(line(await fleet.series(hourOf('mode')), 'warp')?.slice(0, 31)).toEqual([...Array<number>(30).fill(9), 10])
})

test('the last of the history holds on to our first own reading, and not over a later gap of ours', async () => {
  const fleet = await openFleet()
  const hourly = [-2, -1, 0].map(
    (at) => ({ at: start + at * hour, dimension: 'status', value: 'connected', count: 50 }) as const,
  )
  await fleet.recordHistory(hourly, start)
  for (const at of [20, 21, 22, 23, 50]) await fleet.recordFleet(reading(start + at * minute, 7))
  const connected = line(await fleet.series(hourOf('status')), 'connected')
  expect(connected?.slice(18, 26)).toEqual([50, 50, 7, 7, 7, 7, null, null])
  expect(connected?.slice(48, 51)).toEqual([null, null, 7])
})

test('history that is hourly at first and finer later is one line without holes', async () => {
  const fleet = await openFleet()
  const hourly = Array.from({ length: 19 }, (_, index) => start + index * hour)
  const finer = Array.from({ length: 73 }, (_, index) => start + 18 * hour + index * 5 * minute)
  await fleet.recordHistory(
    [...hourly, ...finer].map((at) => ({ at, dimension: 'mode', value: 'warp', count: 5 })),
    start + day,
  )
  const series = await fleet.series({ dimension: 'mode', from: start, to: start + day, points: 360 })
  expect(line(series, 'warp')).not.toContain(null)
})

test('newer history replaces what was said before about the same time', async () => {
  const fleet = await openFleet()
  const point = { at: start, dimension: 'mode', count: 5 } as const
  await fleet.recordHistory([{ ...point, value: 'warp' }], start)
  await fleet.recordHistory([{ ...point, value: 'proxy' }], start + minute)
  const series = await fleet.series(hourOf('mode'))
  expect(series).toMatchObject({ source: 'cloudflare', lines: [{ value: 'proxy' }] })
})

test('samples older than 90 days are forgotten', async () => {
  const fleet = await openFleet()
  await fleet.recordFleet(reading(start, 1))
  await fleet.recordHistory([{ at: start, dimension: 'status', value: 'connected', count: 1 }], start)
  await fleet.recordFleet(reading(start + 91 * day, 2))
  expect((await fleet.series(hourOf('status'))).recordedSince).toBe(start + 91 * day)
})
