import { expect, test } from 'vitest'

import { planConfirmation } from '../../main/app/confirmation-plan.ts'
import { startEngine } from '../../main/engine/engine.ts'
import type { Count } from '../../main/engine/model.ts'
import { defaultWatchSettings } from '../../main/engine/settings.ts'
import { takeSnapshot, type FleetView, type Snapshot } from '../../main/engine/snapshot.ts'

const at = 1_800_000_000_000
const opening = { nonce: 'n', mustTypeAccount: false }

function fleetOf(connected: number, platforms: readonly Count[] | null, others = 0): FleetView {
  return {
    total: connected,
    connected,
    expected: null,
    expectedFrom: null,
    windowMinutes: 5,
    asOf: at,
    freshness: 'fresh',
    by: {
      status: null,
      mode: null,
      platform: platforms === null ? null : { counts: platforms, others },
      colo: null,
      version: null,
    },
  }
}

function seen(fleet: FleetView | null): Snapshot {
  return { ...takeSnapshot(startEngine(defaultWatchSettings, 7), at), fleet }
}

const platforms = [
  { value: 'windows', count: 60 },
  { value: 'iOS', count: 30 },
  { value: 'chromeos', count: 5 },
]

test('what the override does not reach is counted apart, and never as something that drops', () => {
  const plan = planConfirmation(seen(fleetOf(90, platforms)), 'disconnect', opening)
  expect(plan.affects).toBe(60)
  expect(plan.consequences[1]).toMatchObject({
    figure: '35',
    text: expect.stringContaining('stay connected') as string,
  })
})

test('platforms that are not named one by one count as reached, so that the bound stays an upper one', () => {
  expect(planConfirmation(seen(fleetOf(90, platforms, 10)), 'disconnect', opening).affects).toBe(70)
})

test('what comes back is what is seen and not connected, the phones that stayed connected left out', () => {
  const fleet = { ...fleetOf(35, platforms), total: 95 }
  const plan = planConfirmation(seen(fleet), 'reconnect', opening)
  expect(plan.affects).toBe(60)
  expect(plan.consequences[0]?.figure).toBe('up to 60')
})

test('no more drop than are connected', () => {
  expect(planConfirmation(seen(fleetOf(12, platforms)), 'disconnect', opening).affects).toBe(12)
})

test.each([
  ['no fleet', null],
  ['no platforms', fleetOf(90, null)],
  ['a fleet that is too old', { ...fleetOf(90, platforms), freshness: 'unknown' } as const],
])('with %s the figures are said to be unknown, and the act is still possible', (_what, fleet) => {
  const plan = planConfirmation(seen(fleet), 'disconnect', opening)
  expect(plan.affects).toBeNull()
  expect(plan.consequences[0]?.figure).toBe('not known')
  expect(plan.refusal).toBeNull()
})
