import { describe, expect, it } from 'vitest'

import { claimOverride, fleetLimits, freshnessOf, overrideLimits } from '../../main/engine/freshness.ts'
import type { OverrideValue } from '../../main/engine/model.ts'
import { defaultWatchSettings } from '../../main/engine/settings.ts'

const at = 1_800_000_000_000
const limits = { staleAfterMs: 45_000, unknownAfterMs: 300_000 }
const settings = defaultWatchSettings
const seen = (value: OverrideValue, age: number) =>
  ({ kind: 'known', value, timestamp: 'T', asOf: at - age * 1000 }) as const

describe('the age of a reading', () => {
  it.each([
    [0, 'fresh'],
    [45_000, 'fresh'],
    [45_001, 'stale'],
    [300_000, 'stale'],
    [300_001, 'unknown'],
  ] as const)('of %i ms makes it %s', (age, freshness) => {
    expect(freshnessOf(at - age, at, limits)).toBe(freshness)
  })

  it.each([
    [1_000, 'fresh'],
    [60_000, 'stale'],
    [3_600_000, 'unknown'],
  ] as const)('cannot be told of one %i ms in the future: %s', (ahead, freshness) => {
    expect(freshnessOf(at + ahead, at, limits)).toBe(freshness)
  })
})

describe('the limits', () => {
  it('are 45 s and 5 min for the override, 2 min and 10 min for the fleet', () => {
    expect(overrideLimits(settings)).toEqual({ staleAfterMs: 45_000, unknownAfterMs: 300_000 })
    expect(fleetLimits(settings)).toEqual({ staleAfterMs: 120_000, unknownAfterMs: 600_000 })
  })

  it('stay when polls are quicker', () => {
    expect(overrideLimits({ ...settings, overridePollSeconds: 5 })).toEqual(overrideLimits(settings))
    expect(fleetLimits({ ...settings, fleetPollSeconds: 10 })).toEqual(fleetLimits(settings))
  })

  it('are three and ten polls when polls are slower', () => {
    expect(overrideLimits({ ...settings, overridePollSeconds: 100 })).toEqual({
      staleAfterMs: 300_000,
      unknownAfterMs: 1_000_000,
    })
    expect(fleetLimits({ ...settings, fleetPollSeconds: 100 })).toEqual({
      staleAfterMs: 300_000,
      unknownAfterMs: 1_000_000,
    })
  })
})

describe('the override', () => {
  it('that was never read is unknown', () => {
    expect(claimOverride({ kind: 'unknown' }, false, at, settings)).toEqual({ state: 'unknown', freshness: 'unknown' })
  })

  it.each([
    ['off', 10, 'off', 'fresh'],
    ['off', 60, 'off', 'stale'],
    ['off', 301, 'unknown', 'unknown'],
    ['on', 10, 'on', 'fresh'],
    ['on', 60, 'on', 'stale'],
    // Forgetting that it is on would be wrong in the comforting direction.
    ['on', 86_400, 'on', 'stale'],
  ] as const)('read as %s %i s ago is %s, %s', (value, age, state, freshness) => {
    expect(claimOverride(seen(value, age), false, at, settings)).toEqual({ state, freshness })
  })

  it.each([
    ['off', 10, 'unknown', 'unknown'],
    ['off', 301, 'unknown', 'unknown'],
    ['on', 10, 'on', 'stale'],
    ['on', 301, 'on', 'stale'],
  ] as const)(
    'read as %s %i s ago, of which the newest answer says nothing, is %s, %s',
    (value, age, state, freshness) => {
      expect(claimOverride(seen(value, age), true, at, settings)).toEqual({ state, freshness })
    },
  )
})
