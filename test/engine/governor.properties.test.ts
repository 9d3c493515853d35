import fc from 'fast-check'
import { expect, it } from 'vitest'

import { lanes } from '../../main/engine/calls.ts'
import type { CallOutcome, Lane } from '../../main/engine/calls.ts'
import { fail, succeed } from '../../main/engine/failure.ts'
import { admit, fuel, observe, openBudget } from '../../main/engine/schedule/governor.ts'

const start = 1_800_000_000_000
const answer = succeed({ kind: 'readOverride', value: { value: 'off', timestamp: null } } as const)

/** A day in the life of a token: pauses, requests of any lane, and now and then an answer. */
const steps = fc.array(
  fc.record({
    pauseMs: fc.oneof(fc.integer({ min: 0, max: 400 }), fc.integer({ min: 0, max: 70_000 })),
    lane: fc.constantFrom(...lanes),
    times: fc.integer({ min: 1, max: 40 }),
    remaining: fc.option(fc.integer({ min: 0, max: 1200 }), { freq: 3 }),
    blockMs: fc.option(fc.integer({ min: 1, max: 900_000 }), { freq: 12 }),
  }),
  { minLength: 1, maxLength: 120 },
)
const policies = fc.uniqueArray(
  fc.record({
    policy: fc.constantFrom('default', 'burst', 'other'),
    quota: fc.integer({ min: 1, max: 400 }),
    windowSeconds: fc.constantFrom(1, 10, 60, 300),
  }),
  { selector: ({ policy }) => policy, maxLength: 3 },
)

interface Sent {
  readonly at: number
  readonly lane: Lane
}

function run(percent: number, limits: { policy: string; quota: number; windowSeconds: number }[], life: Life) {
  const outcome = (remaining: number | null, until: number | null): CallOutcome => ({
    result: until === null ? answer : fail({ kind: 'rateLimited', until, detail: '' }),
    limits: limits.map((limit) => ({ ...limit, remaining, resetSeconds: 20 })),
    serverDate: null,
  })
  let at = start
  let budget = observe(openBudget(percent), outcome(null, null), at)
  const sent: Sent[] = []
  for (const step of life) {
    at += step.pauseMs
    for (let time = 0; time < step.times; time++) {
      const admission = admit(budget, step.lane, at)
      const { blockedUntil } = fuel(budget, at)
      if (step.lane === 'act') expect(admission.admitted).toBe(blockedUntil === null)
      if (!admission.admitted) {
        expect(admission.until).toBeGreaterThan(at)
        continue
      }
      expect(blockedUntil).toBeNull()
      budget = admission.budget
      sent.push({ at, lane: step.lane })
    }
    budget = observe(budget, outcome(step.remaining, step.blockMs === null ? null : at + step.blockMs), at)
    expect(budget.buckets.length).toBeLessThanOrEqual(301)
  }
  return sent
}
type Life = typeof steps extends fc.Arbitrary<infer T> ? T : never

it('never admits more than our share in any window, acts aside', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 100 }), policies, steps, (percent, limits, life) => {
      const sent = run(percent, limits, life)
      const replaced = limits.some(({ windowSeconds }) => windowSeconds >= 60)
      const binding = replaced ? limits : [...limits, { quota: 1200, windowSeconds: 300 }]
      for (const { quota, windowSeconds } of binding) {
        const share = Math.min(quota, Math.max(5, Math.floor((quota * percent) / 100)))
        for (const last of sent.filter(({ lane }) => lane !== 'act')) {
          const within = sent.filter(
            ({ at, lane }) => lane !== 'act' && at <= last.at && at > last.at - windowSeconds * 1000,
          )
          expect(within.length).toBeLessThanOrEqual(share)
        }
      }
    }),
    { numRuns: 150 },
  )
})

it('refuses a lower lane wherever it refuses a higher one', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 100 }),
      policies,
      fc.integer({ min: 0, max: 1300 }),
      (percent, limits, spend) => {
        let budget = observe(
          openBudget(percent),
          {
            result: answer,
            limits: limits.map((limit) => ({ ...limit, remaining: spend, resetSeconds: 9 })),
            serverDate: null,
          },
          start,
        )
        for (let time = 0; time < spend; time++) {
          const admission = admit(budget, lanes[time % lanes.length] ?? 'act', start + time)
          if (admission.admitted) budget = admission.budget
        }
        const moving = lanes.map((lane) => admit(budget, lane, start + spend).admitted)
        expect(moving.lastIndexOf(true)).toBe(moving.filter(Boolean).length - 1)
      },
    ),
    { numRuns: 100 },
  )
})

it('admits a refused lane at the moment it named, if nothing was sent in between', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 100 }), policies, fc.constantFrom(...lanes), (percent, limits, lane) => {
      let budget = observe(
        openBudget(percent),
        {
          result: answer,
          limits: limits.map((limit) => ({ ...limit, remaining: null, resetSeconds: null })),
          serverDate: null,
        },
        start,
      )
      let at = start
      for (let time = 0; time < 2_000; time++) {
        const admission = admit(budget, lane, at)
        if (admission.admitted) {
          budget = admission.budget
          at += 7
          continue
        }
        const next = admit(budget, lane, admission.until)
        expect(next.admitted).toBe(true)
        expect(admit(budget, lane, admission.until - 1).admitted).toBe(false)
        break
      }
    }),
    { numRuns: 100 },
  )
})
