import fc from 'fast-check'
import { expect, test } from 'vitest'

import { readRateLimits, readRetryUntil, readServerDate } from '../../main/cloudflare/rate-limit-headers.ts'

/** 2026-03-01 09:00 UTC */
const now = Date.UTC(2026, 2, 1, 9)
const limitsOf = (headers: Record<string, string>) => readRateLimits(new Headers(headers), now)
const untilOf = (retryAfter: string, more: Record<string, string> = {}) =>
  (readRetryUntil(new Headers({ 'retry-after': retryAfter, ...more }), now) - now) / 1000

const none = { quota: null, windowSeconds: null, remaining: null, resetSeconds: null }

test("reads Cloudflare's documented example: what is left of one policy, the size of another", () => {
  expect(limitsOf({ ratelimit: '"default";r=50;t=30', 'ratelimit-policy': '"burst";q=100;w=60' })).toEqual([
    { ...none, policy: 'burst', quota: 100, windowSeconds: 60 },
    { ...none, policy: 'default', remaining: 50, resetSeconds: 30 },
  ])
})

test('joins both headers by the name of the policy', () => {
  const headers = { ratelimit: 'a;r=1;t=2, "b c"; r=3 ;t=4', 'ratelimit-policy': '"b c";q=5;w=6,a;w=8;q=7;pk=:Zm9v:' }
  expect(limitsOf(headers)).toEqual([
    { policy: 'b c', quota: 5, windowSeconds: 6, remaining: 3, resetSeconds: 4 },
    { policy: 'a', quota: 7, windowSeconds: 8, remaining: 1, resetSeconds: 2 },
  ])
})

test('reads the older headers, whose reset may be a moment', () => {
  const older = (reset: string) =>
    limitsOf({ 'x-ratelimit-limit': '1200', 'x-ratelimit-remaining': '7', 'x-ratelimit-reset': reset })
  const expected = { policy: 'x-ratelimit', quota: 1200, windowSeconds: null, remaining: 7 }
  expect(older('90')).toEqual([{ ...expected, resetSeconds: 90 }])
  expect(older(String(now / 1000 + 45))).toEqual([{ ...expected, resetSeconds: 45 }])
  expect(older(String(now / 1000 - 45))).toEqual([{ ...expected, resetSeconds: 0 }])
  expect(limitsOf({ 'x-ratelimit-reset': '90' })).toEqual([])
})

test('of a header longer than any sensible one the rest is not read', () => {
  const ratelimit = `a;r=1${' '.repeat(2000)},b;r=2`
  expect(limitsOf({ ratelimit })).toEqual([{ ...none, policy: 'a', remaining: 1 }])
})

test('the newer headers win over the older ones', () => {
  expect(limitsOf({ ratelimit: 'a;r=1', 'x-ratelimit-remaining': '900' })).toEqual([
    { ...none, policy: 'a', remaining: 1 },
  ])
})

test.each([
  ['120', 120],
  ['0', 1],
  ['86400', 600],
  ['soon', 300],
  ['', 300],
  ['-5', 1],
  ['Sun, 01 Mar 2026 09:01:00 GMT', 60],
  ['Sun, 01 Mar 2026 08:00:00 GMT', 1],
])('Retry-After %j is waited for %i s', (retryAfter, seconds) => {
  expect(untilOf(retryAfter)).toBe(seconds)
})

test("a date in Retry-After is measured by the server's clock, not by ours", () => {
  const date = 'Sun, 01 Mar 2026 12:00:00 GMT'
  expect(untilOf('Sun, 01 Mar 2026 12:00:30 GMT', { date })).toBe(30)
})

test('reads the Date header', () => {
  expect(readServerDate(new Headers({ date: 'Sun, 01 Mar 2026 09:00:00 GMT' }))).toBe(now)
  expect(readServerDate(new Headers({ date: 'noon' }))).toBeNull()
  expect(readServerDate(new Headers())).toBeNull()
})

const oneOf = (characters: string) => fc.constantFrom(...Array.from(characters))
const number = fc.integer({ min: 0, max: 999_999_999 })
const limit = fc.record({
  policy: fc.string({ minLength: 1, maxLength: 30, unit: oneOf('abcXYZ019 _-.*;,=') }).filter(isPlain),
  quota: number,
  windowSeconds: number,
  remaining: number,
  resetSeconds: number,
})

/** Spaces at the ends and in runs are tidied away. */
function isPlain(name: string): boolean {
  return name === name.trim() && !name.includes('  ')
}

test('any policies come back as they were written', () => {
  const several = fc.uniqueArray(limit, { selector: ({ policy }) => policy, minLength: 1, maxLength: 8 })
  const gap = fc.constantFrom('', ' ', '\t')
  fc.assert(
    fc.property(several, gap, (limits, space) => {
      const write = (params: (each: (typeof limits)[number]) => string) => limits.map(params).join(`,${space}`)
      const headers = {
        'ratelimit-policy': write((each) => `"${each.policy}"${space};q=${each.quota};${space}w=${each.windowSeconds}`),
        ratelimit: write((each) => `"${each.policy}";r=${each.remaining};t=${each.resetSeconds}`),
      }
      expect(limitsOf(headers)).toEqual(limits)
    }),
  )
})

test('whatever the headers say, what is read is bounded and never negative', () => {
  const text = fc.string({ unit: oneOf('"\';=,qwrt019.-:é \t\\abc'), maxLength: 2500 })
  fc.assert(
    fc.property(text, text, text, (ratelimit, policy, other) => {
      const headers = { ratelimit, 'ratelimit-policy': policy, 'x-ratelimit-limit': other, 'x-ratelimit-reset': other }
      for (const { policy: name, ...numbers } of limitsOf(headers)) {
        expect(name.length).toBeLessThanOrEqual(100)
        expect(Object.values(numbers).some((each) => each !== null)).toBe(true)
        for (const each of Object.values(numbers)) {
          if (each !== null) expect(each).toSatisfy((value: number) => Number.isFinite(value) && value >= 0)
        }
      }
      expect(untilOf(other)).toSatisfy((seconds: number) => seconds >= 1 && seconds <= 600)
    }),
  )
})
