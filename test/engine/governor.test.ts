import { describe, expect, it } from 'vitest'

import { lanes } from '../../main/engine/calls.ts'
import type { CallOutcome, Lane, RateLimit } from '../../main/engine/calls.ts'
import { fail, succeed } from '../../main/engine/failure.ts'
import { admit, fuel, observe, openBudget, setShare } from '../../main/engine/schedule/governor.ts'
import type { Budget } from '../../main/engine/schedule/governor.ts'

const start = 1_800_000_000_000
const windowMs = 300_000
const answer = succeed({ kind: 'readOverride', value: { value: 'off', timestamp: null } } as const)

const told = (...limits: Partial<RateLimit>[]): CallOutcome => ({
  result: answer,
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
const limited = (until: number): CallOutcome => ({
  result: fail({ kind: 'rateLimited', until, detail: 'slow down' }),
  limits: [],
  serverDate: null,
})
const drain = (budget: Budget, lane: Lane, at: number, atMost = 5000): { budget: Budget; count: number } => {
  let count = 0
  for (; count < atMost; count++) {
    const admission = admit(budget, lane, at)
    if (!admission.admitted) break
    budget = admission.budget
  }
  return { budget, count }
}
const refusedUntil = (budget: Budget, lane: Lane, at: number): number | null => {
  const admission = admit(budget, lane, at)
  return admission.admitted ? null : admission.until
}

describe('our own share', () => {
  it('is a percentage of the documented 1,200 requests in five minutes', () => {
    expect(fuel(openBudget(30), start)).toEqual({
      used: 0,
      limit: 360,
      windowSeconds: 300,
      remainingAtCloudflare: null,
      blockedUntil: null,
    })
  })

  it.each([
    ['override', 342],
    ['summary', 324],
    ['detail', 288],
    ['sweep', 216],
  ] as const)('lets %s have %i of 360 and leaves the rest to the lanes above', (lane, most) => {
    const { budget, count } = drain(openBudget(30), lane, start)
    expect(count).toBe(most)
    for (const each of lanes)
      expect(admit(budget, each, start).admitted).toBe(lanes.indexOf(each) < lanes.indexOf(lane))
  })

  it('gives a refused lane the moment at which the oldest requests leave the window', () => {
    const first = drain(openBudget(30), 'override', start, 2).budget
    const { budget } = drain(first, 'override', start + 5_000)
    expect(refusedUntil(budget, 'override', start + 6_000)).toBe(start + windowMs + 1_000)
    expect(refusedUntil(budget, 'override', start + windowMs + 999)).toBe(start + windowMs + 1_000)
    expect(drain(budget, 'override', start + windowMs + 1_000).count).toBe(2)
  })

  it('waits for as many requests to leave as a lower lane needs', () => {
    const first = drain(openBudget(30), 'override', start, 100).budget
    const { budget } = drain(first, 'override', start + 10_000)
    expect(refusedUntil(budget, 'sweep', start + 20_000)).toBe(start + 10_000 + windowMs + 1_000)
  })

  it('keeps a reserve for acts that other lanes cannot use up, and acts beyond it take from the others', () => {
    const reserve = 18
    expect(drain(drain(openBudget(30), 'act', start, reserve).budget, 'override', start).count).toBe(342)
    expect(drain(drain(openBudget(30), 'act', start, reserve + 5).budget, 'override', start).count).toBe(337)
  })

  it('never refuses an act, not even when everything is spent', () => {
    const spent = drain(openBudget(1), 'override', start).budget
    expect(drain(spent, 'act', start, 400).count).toBe(400)
  })

  it('lets every lane move even with the smallest share', () => {
    const small = observe(openBudget(1), told({ quota: 20, windowSeconds: 60 }), start)
    expect(fuel(small, start).limit).toBe(5)
    for (const lane of lanes) expect(admit(small, lane, start).admitted).toBe(true)
    const single = observe(openBudget(1), told({ quota: 1, windowSeconds: 60 }), start)
    for (const lane of lanes) expect(admit(single, lane, start).admitted).toBe(true)
    expect(drain(single, 'sweep', start).count).toBe(1)
  })

  it('can be changed; what was spent stays spent', () => {
    const budget = setShare(drain(openBudget(30), 'sweep', start, 100).budget, 10)
    expect(fuel(budget, start)).toMatchObject({ used: 100, limit: 120 })
    expect(drain(budget, 'override', start).count).toBe(14)
    expect(fuel(setShare(budget, 0), start).limit).toBe(12)
    expect(fuel(setShare(budget, 300), start).limit).toBe(1200)
  })

  it('remembers at most one entry a second, however long it runs', () => {
    let budget = openBudget(100)
    for (let second = 0; second < 1_000; second++) {
      budget = drain(budget, 'act', start + second * 1_000, 3).budget
    }
    expect(budget.buckets.length).toBeLessThanOrEqual(301)
    expect(fuel(budget, start + 999_000).used).toBe(903)
    expect(fuel(budget, start + 2_000_000).used).toBe(0)
  })

  it('counts on when the clock is put back a little, and forgets what lies far ahead', () => {
    const { budget } = drain(openBudget(30), 'override', start)
    expect(admit(budget, 'override', start - 30_000).admitted).toBe(false)
    const again = drain(budget, 'act', start - 30_000, 1).budget
    expect(again.buckets).toHaveLength(1)
    expect(fuel(again, start).used).toBe(343)
    expect(admit(budget, 'override', start - 3_600_000).admitted).toBe(true)
  })
})

describe('what the headers tell', () => {
  it('replaces the documented limit', () => {
    const budget = observe(openBudget(50), told({ quota: 100, windowSeconds: 60 }), start)
    expect(fuel(budget, start)).toMatchObject({ limit: 50, windowSeconds: 60 })
    const { count, budget: spent } = drain(budget, 'override', start)
    expect(count).toBe(47)
    expect(refusedUntil(spent, 'override', start)).toBe(start + 61_000)
  })

  it('binds with each of several policies', () => {
    const both = told(
      { policy: 'burst', quota: 20, windowSeconds: 10 },
      { policy: 'default', quota: 100, windowSeconds: 60 },
    )
    let { budget, count } = drain(observe(openBudget(100), both, start), 'override', start)
    expect(count).toBe(19)
    let all = count
    for (let at = start + 11_000; at <= start + 55_000; at += 11_000) {
      ;({ budget, count } = drain(budget, 'override', at))
      all += count
    }
    expect(all).toBe(95)
    expect(refusedUntil(budget, 'override', start + 56_000)).toBe(start + 61_000)
  })

  it('keeps the documented limit beside a guard against bursts', () => {
    const budget = observe(openBudget(30), told({ policy: 'burst', quota: 200, windowSeconds: 1 }), start)
    expect(fuel(budget, start)).toMatchObject({ limit: 360, windowSeconds: 300 })
    expect(drain(budget, 'override', start).count).toBe(57)
  })

  it('holds a window longer than our memory to the same rate', () => {
    const budget = observe(openBudget(100), told({ quota: 7200, windowSeconds: 3600 }), start)
    expect(fuel(budget, start)).toMatchObject({ limit: 600, windowSeconds: 300 })
  })

  it('counts what was sent before a policy was told', () => {
    const spent = drain(openBudget(100), 'sweep', start, 80).budget
    const budget = observe(spent, told({ quota: 100, windowSeconds: 60 }), start)
    expect(drain(budget, 'override', start).count).toBe(15)
  })

  it('ignores a quota or a window that cannot be', () => {
    const budget = observe(
      openBudget(30),
      told({ quota: 0, windowSeconds: 60 }, { quota: 9, windowSeconds: -1 }),
      start,
    )
    expect(fuel(budget, start)).toMatchObject({ limit: 360, windowSeconds: 300 })
  })

  it('keeps what one answer leaves out as it was told before', () => {
    const policy = observe(
      openBudget(100),
      told({ quota: 100, windowSeconds: 60, remaining: 40, resetSeconds: 30 }),
      start,
    )
    const sent = drain(policy, 'override', start, 3).budget
    const later = observe(sent, told({ quota: 200 }), start + 1_000)
    expect(fuel(later, start + 1_000)).toMatchObject({ limit: 200, windowSeconds: 60, remainingAtCloudflare: 37 })
    const reread = observe(later, told({ remaining: 90, resetSeconds: 20 }), start + 2_000)
    expect(fuel(reread, start + 2_000)).toMatchObject({ limit: 200, windowSeconds: 60, remainingAtCloudflare: 90 })
  })

  it('drops a policy that was not told again for ten minutes', () => {
    const first = observe(openBudget(100), told({ policy: 'old', quota: 60, windowSeconds: 60 }), start)
    const other = told({ policy: 'new', quota: 90, windowSeconds: 60 })
    expect(fuel(observe(first, other, start + 600_000), start + 600_000).limit).toBe(90)
    expect(observe(first, other, start + 600_000).told).toHaveLength(2)
    expect(observe(first, other, start + 600_001).told).toHaveLength(1)
    expect(observe(first, told(), start + 900_000)).toEqual(first)
  })

  it('keeps a bounded number of policies', () => {
    const many = Array.from({ length: 50 }, (_, index) => ({ policy: `p${index}`, quota: 100, windowSeconds: 60 }))
    expect(observe(openBudget(30), told(...many), start).told).toHaveLength(8)
  })

  it('shows the limit that has the least left', () => {
    const limits = told(
      { policy: 'burst', quota: 50, windowSeconds: 30 },
      { policy: 'default', quota: 1000, windowSeconds: 300, remaining: 900, resetSeconds: 100 },
    )
    const calm = observe(openBudget(100), limits, start)
    expect(fuel(calm, start)).toMatchObject({ limit: 1000, windowSeconds: 300, remainingAtCloudflare: 900 })
    const busy = drain(calm, 'sweep', start, 20).budget
    expect(fuel(busy, start)).toMatchObject({ used: 20, limit: 50, windowSeconds: 30, remainingAtCloudflare: 880 })
  })
})

describe('others who drain the same token', () => {
  const left = (remaining: number) =>
    observe(openBudget(30), told({ quota: 1200, windowSeconds: 300, remaining, resetSeconds: 40 }), start)
  const moving = (remaining: number) => lanes.filter((lane) => admit(left(remaining), lane, start).admitted)

  it('stop the lower lanes first, the act never', () => {
    expect(moving(481)).toEqual(['act', 'override', 'summary', 'detail', 'sweep'])
    expect(moving(480)).toEqual(['act', 'override', 'summary', 'detail'])
    expect(moving(241)).toEqual(['act', 'override', 'summary', 'detail'])
    expect(moving(240)).toEqual(['act', 'override', 'summary'])
    expect(moving(121)).toEqual(['act', 'override', 'summary'])
    expect(moving(120)).toEqual(['act', 'override'])
    expect(moving(61)).toEqual(['act', 'override'])
    expect(moving(60)).toEqual(['act'])
    expect(moving(-3)).toEqual(['act'])
  })

  it('hold a lane until the limit resets, and not longer', () => {
    expect(refusedUntil(left(10), 'override', start)).toBe(start + 40_000)
    expect(refusedUntil(left(10), 'override', start + 39_999)).toBe(start + 40_000)
    expect(refusedUntil(left(10), 'override', start + 40_000)).toBeNull()
    expect(fuel(left(10), start + 39_999).remainingAtCloudflare).toBe(10)
    expect(fuel(left(10), start + 40_000).remainingAtCloudflare).toBeNull()
  })

  it('are added to what we sent ourselves since', () => {
    const { budget, count } = drain(left(70), 'override', start)
    expect(count).toBe(10)
    expect(fuel(budget, start).remainingAtCloudflare).toBe(60)
    expect(fuel(drain(budget, 'act', start, 90).budget, start).remainingAtCloudflare).toBe(0)
  })

  it('bind where neither quota nor reset was told', () => {
    const budget = observe(openBudget(30), told({ remaining: 100 }), start)
    expect(drain(budget, 'override', start).count).toBe(95)
    const low = observe(budget, told({ remaining: 4 }), start + 1_000)
    expect(refusedUntil(low, 'override', start + 1_000)).toBe(start + 61_000)
    const short = observe(openBudget(30), told({ windowSeconds: 10, remaining: 0 }), start)
    expect(refusedUntil(short, 'override', start)).toBe(start + 10_000)
    expect(fuel(low, start + 1_000)).toMatchObject({ limit: 360, remainingAtCloudflare: 4 })
  })

  it('are not believed for longer than ten minutes', () => {
    const budget = observe(openBudget(30), told({ remaining: 0, resetSeconds: 86_400 }), start)
    expect(refusedUntil(budget, 'override', start)).toBe(start + 600_000)
    expect(refusedUntil(budget, 'override', start - 3_600_000)).toBeNull()
  })
})

describe('a 429', () => {
  it('stops every lane, the act too, until it may be tried again', () => {
    const budget = observe(openBudget(30), limited(start + 120_000), start)
    for (const lane of lanes) {
      expect(refusedUntil(budget, lane, start)).toBe(start + 120_000)
      expect(refusedUntil(budget, lane, start + 119_999)).toBe(start + 120_000)
      expect(refusedUntil(budget, lane, start + 120_000)).toBeNull()
    }
    expect(fuel(budget, start).blockedUntil).toBe(start + 120_000)
    expect(fuel(budget, start + 120_000).blockedUntil).toBeNull()
  })

  it('is lengthened by a later one, not shortened', () => {
    const long = observe(openBudget(30), limited(start + 120_000), start)
    expect(fuel(observe(long, limited(start + 30_000), start), start).blockedUntil).toBe(start + 120_000)
    expect(fuel(observe(long, limited(start + 200_000), start), start).blockedUntil).toBe(start + 200_000)
    expect(fuel(observe(long, limited(start + 150_000), start + 130_000), start + 130_000).blockedUntil).toBe(
      start + 150_000,
    )
  })

  it('blocks for ten minutes at most, also when the clock is put back', () => {
    const budget = observe(openBudget(30), limited(start + 9_000_000), start)
    expect(refusedUntil(budget, 'act', start)).toBe(start + 600_000)
    expect(refusedUntil(budget, 'act', start - 3_600_000)).toBeNull()
    expect(fuel(budget, start - 3_600_000).blockedUntil).toBeNull()
    const again = observe(budget, limited(start - 3_500_000), start - 3_600_000)
    expect(fuel(again, start - 3_600_000).blockedUntil).toBe(start - 3_500_000)
  })

  it('is no other failure', () => {
    const failed: CallOutcome = { ...limited(0), result: fail({ kind: 'server', status: 502, detail: '' }) }
    expect(observe(openBudget(30), failed, start)).toEqual(openBudget(30))
  })
})
