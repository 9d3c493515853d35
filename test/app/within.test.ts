import { expect, test } from 'vitest'

import { within } from '../../main/app/within.ts'
import { VirtualClock } from './harness/virtual-clock.ts'

test('gives what the work gives, and fails as it fails', async () => {
  const clock = new VirtualClock(0)
  await expect(within(clock, 10, Promise.resolve('done'), 'late')).resolves.toBe('done')
  await expect(within(clock, 10, Promise.reject(new Error('no')), 'late')).rejects.toThrow('no')
  expect(clock.step(1_000)).toBe(false)
})

test('does not wait for work that never ends', async () => {
  const clock = new VirtualClock(0)
  const answer = within(clock, 10, new Promise(() => undefined), 'late')
  clock.step(9)
  clock.step(10)
  await expect(answer).resolves.toBe('late')
})
