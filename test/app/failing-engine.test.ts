import { expect, test, vi } from 'vitest'

import { EngineLoop } from '../../main/app/engine-loop.ts'
import { defaultWatchSettings } from '../../main/engine/settings.ts'
import { VirtualClock } from './harness/virtual-clock.ts'

vi.mock('../../main/engine/engine.ts', () => ({
  startEngine: () => ({}),
  step: () => {
    throw new Error('broken')
  },
  nextDueAt: () => 0,
}))

test('an engine that fails at every step and is always overdue neither spins nor draws', () => {
  const clock = new VirtualClock(1_800_000_000_000)
  const bugs: unknown[] = []
  const onStep = vi.fn()
  const loop = new EngineLoop({
    clock,
    settings: defaultWatchSettings,
    seed: 7,
    carryOut: () => undefined,
    onStep,
    onBug: (error) => bugs.push(error),
  })
  loop.dispatch({ type: 'refreshAsked' })
  for (const end = clock.now() + 10_000; clock.step(end););
  expect(bugs.length).toBeGreaterThan(5)
  expect(bugs.length).toBeLessThanOrEqual(12)
  expect(onStep).not.toHaveBeenCalled()
})
