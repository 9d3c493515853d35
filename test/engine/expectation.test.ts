import { describe, expect, it } from 'vitest'

import { addRecent, expectDevices, holdRecent, paceBetween } from '../../main/engine/fleet/expectation.ts'
import type { RecentCount } from '../../main/engine/fleet/expectation.ts'
import { addNewest, addToWeek, connectedIn, leastWeekBefore, weekBefore } from '../../main/engine/fleet/week.ts'
import { officeAt, weekOf } from './days.ts'
import { day, hour, minute, noon, second } from './scene.ts'

const week = 7 * day
const midnight = Math.floor(noon / day) * day
const recentOf = (...counts: [number, number][]): readonly RecentCount[] =>
  counts.reduce<readonly RecentCount[]>((known, [at, connected]) => addRecent(known, at, connected), [])

describe('the counts of the last half hour', () => {
  it('keep the highest of each minute, each for 30 minutes', () => {
    const recent = recentOf([noon, 90], [noon + 20 * second, 100], [noon + 40 * second, 80], [noon + minute, 70])
    expect(recent).toEqual([
      { at: noon + 20 * second, connected: 100, until: noon + 20 * second + 30 * minute },
      { at: noon + minute, connected: 70, until: noon + 31 * minute },
    ])
    expect(addRecent(recent, noon + 31 * minute, 60).map(({ connected }) => connected)).toEqual([60])
  })

  it('expect the most of them', () => {
    const recent = recentOf([noon, 100], [noon + minute, 70])
    const at = noon + 10 * minute
    expect(expectDevices(recent, [], 70, at)).toEqual({ devices: 100, from: 'last 30 minutes' })
    expect(expectDevices(recent, [], 70, noon + 30 * minute)).toEqual({ devices: 70, from: 'last 30 minutes' })
    expect(expectDevices(recent, [], 70, noon + 31 * minute)).toBeNull()
    expect(expectDevices([], [], 70, at)).toBeNull()
  })

  it('are held while an override explains what comes after them, for two hours without a week', () => {
    const recent = recentOf([noon, 100])
    const held = holdRecent(recent, [], noon + hour)
    expect(held).toEqual([{ at: noon, connected: 100, until: noon + hour + 30 * minute }])
    expect(holdRecent(recent, [], noon + 10 * minute)[0]?.until).toBe(noon + 40 * minute)
    expect(holdRecent(recent, [], noon + 2 * hour)).toHaveLength(1)
    expect(holdRecent(recent, [], noon + 2 * hour + 1)).toEqual([])
    expect(holdRecent(recent, weekOf(officeAt, noon), noon + 5 * hour)).toHaveLength(1)
  })
})

describe('the week before', () => {
  const points = [
    { at: noon, connected: 100 },
    { at: noon + hour, connected: 200 },
  ]

  it('is told between its points', () => {
    expect(weekBefore(points, noon + week)).toBe(100)
    expect(weekBefore(points, noon + week + 15 * minute)).toBe(125)
    expect(weekBefore(points, noon + week + hour)).toBe(200)
  })

  it('is told an hour beyond its edges, and no further', () => {
    expect(weekBefore(points, noon + week - hour)).toBe(100)
    expect(weekBefore(points, noon + week - hour - 1)).toBeNull()
    expect(weekBefore(points, noon + week + 2 * hour)).toBe(200)
    expect(weekBefore(points, noon + week + 2 * hour + 1)).toBeNull()
    expect(weekBefore([], noon)).toBeNull()
  })

  it('is not told between points more than two hours apart', () => {
    const sparse = [points[0]!, { at: noon + 2 * hour + 1, connected: 300 }]
    expect(weekBefore(sparse, noon + week + hour)).toBeNull()
    expect(weekBefore(sparse, noon + week + 2 * hour + 1)).toBe(300)
    expect(weekBefore([points[0]!, { at: noon + 2 * hour, connected: 300 }], noon + week + hour)).toBe(200)
  })

  it('has a least around a moment', () => {
    const dip = [...points, { at: noon + 70 * minute, connected: 50 }, { at: noon + 2 * hour, connected: 400 }]
    expect(leastWeekBefore(dip, noon + week + hour, 15 * minute)).toBe(50)
    expect(leastWeekBefore(dip, noon + week + 30 * minute, 15 * minute)).toBe(125)
    expect(leastWeekBefore(dip, noon + week + 20 * hour, hour)).toBeNull()
    expect(leastWeekBefore(points, noon + week, 30 * minute)).toBe(100)
  })

  it('keeps the highest of each quarter of an hour, in order, for eight days', () => {
    const known = addToWeek(
      [{ at: noon, connected: 5 }],
      [
        { at: noon + 20 * minute, connected: 7 },
        { at: noon + minute, connected: 4 },
        { at: noon + 2 * minute, connected: 6 },
        { at: noon - 8 * day - 1, connected: 9 },
        { at: noon - 8 * day + hour, connected: 8 },
        { at: noon + 2 * hour, connected: 1 },
      ],
      noon + hour,
    )
    expect(known).toEqual([
      { at: noon - 8 * day + hour, connected: 8 },
      { at: noon + 2 * minute, connected: 6 },
      { at: noon + 20 * minute, connected: 7 },
    ])
  })

  it('takes a newer count of the same quarter only when it is higher', () => {
    const known = [{ at: noon, connected: 5 }]
    expect(addNewest(known, { at: noon + minute, connected: 5 })).toBe(known)
    expect(addNewest(known, { at: noon + minute, connected: 6 })).toEqual([{ at: noon + minute, connected: 6 }])
    expect(addNewest(known, { at: noon + 15 * minute, connected: 1 })).toHaveLength(2)
    expect(addNewest([], { at: noon, connected: 1 })).toHaveLength(1)
  })

  it('is read from the status of Cloudflare’s history; a time without anybody connected counts as none', () => {
    const point = (at: number, value: string, count: number, dimension: 'status' | 'mode' = 'status') => ({
      at,
      dimension,
      value,
      count,
    })
    expect(
      connectedIn([
        point(1, 'Connected', 3),
        point(1, 'connected', 2),
        point(1, 'paused', 9),
        point(2, 'disconnected', 4),
        point(3, 'warp', 8, 'mode'),
      ]),
    ).toEqual([
      { at: 1, connected: 5 },
      { at: 2, connected: 0 },
    ])
  })
})

describe('what is expected with a week to compare with', () => {
  const days = weekOf(officeAt, midnight, 10 * minute)

  it('goes down as it went a week ago, a quarter of an hour sooner or later', () => {
    const then = midnight + 17 * hour + 30 * minute
    expect(paceBetween(days, then, then + 30 * minute)).toBeCloseTo(500 / 700, 3)
    expect(paceBetween(days, midnight + 10 * hour, midnight + 11 * hour)).toBe(1)
  })

  it('never goes up: more than was seen is not missed', () => {
    expect(paceBetween(days, midnight + 8 * hour, midnight + 9 * hour)).toBe(1)
    const recent = recentOf([midnight + 8 * hour, 200])
    expect(expectDevices(recent, days, 200, midnight + 8 * hour + 20 * minute)?.devices).toBe(200)
  })

  it('is what was seen where the week does not tell', () => {
    expect(paceBetween([], noon, noon + hour)).toBe(1)
    expect(paceBetween([{ at: noon - week, connected: 9 }], noon, noon + 5 * hour)).toBe(1)
    expect(paceBetween([{ at: noon - week, connected: 9 }], noon - 5 * hour, noon)).toBe(1)
  })

  it('says that it rests on the week when that took something away', () => {
    const at = midnight + 18 * hour
    const recent = recentOf([at - 20 * minute, 733])
    const expected = expectDevices(recent, days, 600, at)
    expect(expected?.from).toBe('same hour last week')
    expect(expected!.devices).toBeLessThan(600)
  })

  it('is the same hour of last week when less than half of that is there', () => {
    const at = midnight + 12 * hour
    expect(expectDevices(recentOf([at, 499]), days, 499, at)).toEqual({ devices: 1000, from: 'same hour last week' })
    expect(expectDevices(recentOf([at, 500]), days, 500, at)).toEqual({ devices: 500, from: 'last 30 minutes' })
    expect(expectDevices([], days, 499, at)).toEqual({ devices: 1000, from: 'same hour last week' })
    expect(expectDevices(recentOf([at, 1000]), days, 499, at)).toEqual({ devices: 1000, from: 'last 30 minutes' })
  })
})
