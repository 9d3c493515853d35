import { describe, expect, it } from 'vitest'

import type { CallOutcome, Lane, RateLimit } from '../../main/engine/calls.ts'
import { fail } from '../../main/engine/failure.ts'
import { admit, fuel, observe, openBudget } from '../../main/engine/schedule/governor.ts'
import type { Budget } from '../../main/engine/schedule/governor.ts'

const start = 1_800_000_000_000
const windowMs = 300_000

const told = (...limits: Partial<RateLimit>[]): CallOutcome => ({
  result: fail({ kind: 'timeout', detail: '' }),
  limits: limits.map((limit) => ({
    policy: 'default',
    quota: null,
    windowSeconds: null,
    remaining: null,
    resetSeconds: null,
    ...limit,
  })),
  serverDate: null,
})

function spend(budget: Budget, lane: Lane, count: number, at: number): Budget {
  let spent = budget
  for (let time = 0; time < count; time++) {
    const admission = admit(spent, lane, at)
    if (!admission.admitted) throw new Error(`refused after ${String(time)}`)
    spent = admission.budget
  }
  return spent
}

const refusedUntil = (budget: Budget, lane: Lane, at: number): number | null => {
  const admission = admit(budget, lane, at)
  return admission.admitted ? null : admission.until
}

it('a new budget has spent nothing, was told nothing and is not blocked', () => {
  expect(openBudget(30)).toEqual({ percent: 30, buckets: [], told: [], blockedUntil: null })
})

describe('several policies', () => {
  const both = [
    { policy: 'burst', quota: 100, windowSeconds: 60 },
    { policy: 'default', quota: 1200, windowSeconds: 300 },
  ]

  it('are each kept once, however often they are told', () => {
    let budget = openBudget(30)
    for (let time = 0; time < 3; time++) budget = observe(budget, told(...both), start + time)
    expect(budget.told.map(({ name }) => name)).toEqual(['burst', 'default'])
    budget = observe(budget, told(both[1]!), start + 9)
    expect(budget.told.map(({ name }) => name)).toEqual(['default', 'burst'])
  })

  it('keep what was told of each: what one answer leaves out is not taken from another', () => {
    const first = observe(openBudget(30), told(...both), start)
    const budget = observe(first, told({ policy: 'default', remaining: 700, resetSeconds: 9 }), start)
    expect(budget.told[0]).toMatchObject({ name: 'default', quota: 1200, windowSeconds: 300, remaining: 700 })
    expect(fuel(budget, start)).toMatchObject({ limit: 360, windowSeconds: 300 })
  })

  it('show, of equals, the one with the longest window', () => {
    expect(fuel(observe(openBudget(30), told(...both), start), start)).toMatchObject({ limit: 360, windowSeconds: 300 })
    const turned = observe(openBudget(30), told(both[1]!, both[0]!), start)
    expect(fuel(turned, start)).toMatchObject({ limit: 360, windowSeconds: 300 })
  })

  it('show the one of which the least is left at Cloudflare, others having spent it', () => {
    const scarce = { ...both[0]!, remaining: 10, resetSeconds: 20 }
    expect(fuel(observe(openBudget(30), told(scarce, both[1]!), start), start)).toMatchObject({
      limit: 30,
      windowSeconds: 60,
      remainingAtCloudflare: 10,
    })
  })

  it('tell the least that any of them has left when the shown one does not tell', () => {
    const limits = [
      { policy: 'a', quota: null, remaining: 90, resetSeconds: 20 },
      { policy: 'b', quota: null, remaining: 40, resetSeconds: 20 },
      { policy: 'c', quota: null, remaining: 60, resetSeconds: 20 },
    ]
    expect(fuel(observe(openBudget(30), told(...limits), start), start).remainingAtCloudflare).toBe(40)
  })
})

describe('a policy that does not say of how many in what time', () => {
  it('binds by what is left alone, measured by the most that was ever left', () => {
    const plenty = observe(openBudget(100), told({ remaining: 100, resetSeconds: 60 }), start)
    const silent = observe(plenty, told({}), start + 1)
    const scarce = observe(silent, told({ remaining: 30, resetSeconds: 60 }), start + 2)
    expect(refusedUntil(scarce, 'sweep', start + 3)).toBe(start + 60_002)
    expect(refusedUntil(scarce, 'detail', start + 3)).toBeNull()
  })

  it('with a quota but no window binds beside the documented limit, not instead of it', () => {
    const budget = observe(openBudget(30), told({ quota: 10 }), start)
    expect(refusedUntil(spend(budget, 'sweep', 200, start), 'sweep', start)).toBeNull()
    expect(fuel(budget, start)).toMatchObject({ limit: 360, windowSeconds: 300 })
  })
})

it('a policy of one request a second lets every lane send one', () => {
  const budget = observe(openBudget(100), told({ quota: 1, windowSeconds: 1 }), start)
  for (const lane of ['override', 'summary', 'detail', 'sweep'] as const) {
    expect(refusedUntil(budget, lane, start)).toBeNull()
    expect(refusedUntil(spend(budget, lane, 1, start), lane, start)).toBe(start + 2_000)
    const left = observe(budget, told({ quota: 1, windowSeconds: 1, remaining: 1, resetSeconds: 1 }), start)
    expect(refusedUntil(left, lane, start)).toBeNull()
  }
})

it('acts beyond their reserve take room from the others until they leave the window', () => {
  const acted = spend(openBudget(30), 'act', 30, start)
  const budget = spend(acted, 'override', 330, start + 10_000)
  expect(refusedUntil(budget, 'override', start + 20_000)).toBe(start + windowMs + 1_000)
})

it('what was sent before the clock was put back counts for ten minutes of it', () => {
  const budget = spend(openBudget(30), 'override', 1, start)
  expect(fuel(budget, start - 600_000).used).toBe(1)
  expect(fuel(budget, start - 600_001).used).toBe(0)
})
