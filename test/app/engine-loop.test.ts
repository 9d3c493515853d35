import { expect, test } from 'vitest'

import { EngineLoop } from '../../main/app/engine-loop.ts'
import { emptyMemory, type Effect } from '../../main/engine/events.ts'
import type { Connection } from '../../main/engine/model.ts'
import { defaultWatchSettings } from '../../main/engine/settings.ts'
import { VirtualClock } from './harness/virtual-clock.ts'

const connection: Connection = {
  id: 'one',
  accountId: 'account-1',
  accountName: 'Example Ltd',
  isDemo: false,
  actsWith: 'none',
  tokensHeldIn: 'keychain',
  expiresOn: { watch: null, act: null },
}

function start(carryOut: (effect: Effect) => void = () => undefined) {
  const clock = new VirtualClock(1_800_000_000_000)
  const seen = { effects: [] as Effect[], steps: 0, bugs: [] as unknown[] }
  const loop = new EngineLoop({
    clock,
    settings: defaultWatchSettings,
    seed: 7,
    carryOut: (effect) => {
      seen.effects.push(effect)
      carryOut(effect)
    },
    onStep: () => {
      seen.steps += 1
    },
    onBug: (error) => seen.bugs.push(error),
  })
  return { loop, clock, seen }
}

const connected = { type: 'connected', connection, memory: emptyMemory } as const
/** What no caller that type-checks can send: it makes the engine throw. */
const impossible = { type: 'connected', connection, memory: null } as never

test('draws at least every 10 s, even when nothing happens', () => {
  const { clock, seen } = start()
  for (const end = clock.now() + 60_000; clock.step(end););
  expect(seen.steps).toBeGreaterThanOrEqual(6)
})

test('an effect that cannot be carried out does not cost the others', () => {
  const { loop, seen } = start(() => {
    throw new Error('no')
  })
  loop.dispatch(connected)
  expect(seen.effects.length).toBeGreaterThan(1)
  expect(seen.bugs).toHaveLength(seen.effects.length)
  expect(seen.steps).toBe(1)
})

test('a step that throws leaves the state as it was, and the loop goes on without spinning', () => {
  const { loop, clock, seen } = start()
  loop.dispatch(connected)
  const before = loop.state
  loop.dispatch(impossible)
  expect(seen.bugs).toHaveLength(1)
  expect(loop.state).toBe(before)
  const steps = seen.steps
  const end = clock.now() + 999
  expect(clock.step(end)).toBe(false)
  for (const later = clock.now() + 30_000; clock.step(later););
  expect(seen.steps).toBeGreaterThan(steps)
})

test('events that come while one is worked on wait for their turn', () => {
  const order: string[] = []
  const { loop, seen } = start((effect) => {
    order.push(effect.type)
    if (order.length === 1) loop.dispatch({ type: 'disconnected' })
    expect(loop.state.connection).not.toBeNull()
  })
  loop.dispatch(connected)
  expect(seen.bugs).toEqual([])
  expect(loop.state.connection).toBeNull()
})

test('a closed loop takes no step any more', () => {
  const { loop, clock, seen } = start()
  loop.close()
  loop.dispatch(connected)
  expect(clock.step(clock.now() + 60_000)).toBe(false)
  expect(seen.steps).toBe(0)
})
