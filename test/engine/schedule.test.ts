import { describe, expect, it } from 'vitest'

import { backOffMs, jitter } from '../../main/engine/schedule/backoff.ts'
import { openBudget, observe, paceMs } from '../../main/engine/schedule/governor.ts'
import { draw } from '../../main/engine/schedule/random.ts'
import { noon } from './scene.ts'

it.each([
  [1, 10_000, 10_000],
  [2, 10_000, 20_000],
  [3, 10_000, 40_000],
  [4, 10_000, 60_000],
  [50, 10_000, 60_000],
  [1, 2_500, 2_500],
  [5, 2_500, 40_000],
  [3, 300_000, 300_000],
  [9, 60_000, 60_000],
])('after %i failures a rhythm of %i ms waits %i ms', (failures, rhythm, wait) => {
  expect(backOffMs(failures, rhythm)).toBe(wait)
})

it('jitter spreads by a tenth either way', () => {
  expect([0, 0.5, 1].map((random) => jitter(10_000, random))).toEqual([9_000, 10_000, 11_000])
})

it('the generator gives the same draws for the same seed, all over [0, 1)', () => {
  const drawn = (seed: number) => {
    const values: number[] = []
    for (let each = draw(seed), time = 0; time < 1000; time++, each = draw(each.seed)) values.push(each.value)
    return values
  }
  expect(drawn(7)).toEqual(drawn(7))
  expect(drawn(7)).not.toEqual(drawn(8))
  const values = drawn(7)
  expect(Math.min(...values)).toBeGreaterThanOrEqual(0)
  expect(Math.max(...values)).toBeLessThan(1)
  for (let tenth = 0; tenth < 10; tenth++) {
    const share = values.filter((value) => Math.floor(value * 10) === tenth).length
    expect(share).toBeGreaterThan(60)
    expect(share).toBeLessThan(140)
  }
})

describe('the pace of a budget', () => {
  const told = (...limits: [number | null, number | null][]) =>
    observe(
      openBudget(50),
      {
        result: { ok: false, failure: { kind: 'timeout', detail: '' } },
        limits: limits.map(([quota, windowSeconds], index) => ({
          policy: String(index),
          quota,
          windowSeconds,
          remaining: null,
          resetSeconds: null,
        })),
        serverDate: null,
      },
      noon,
    )

  it('is our share spread over the window', () => {
    expect(paceMs(openBudget(100))).toBe(250)
    expect(paceMs(openBudget(50))).toBe(500)
  })

  it('is that of the slowest limit', () => {
    expect(paceMs(told([100, 60], [1200, 300]))).toBe(1200)
    expect(paceMs(told([20, 1]))).toBe(500)
  })

  it('does not come from a limit that does not say of how many in what time', () => {
    expect(paceMs(told([null, 60]))).toBe(500)
  })
})
