import { expect, test } from 'vitest'

import { pauseEnd } from '../../main/app/commands.ts'

const local = (day: number, hour: number) => new Date(2026, 10, day, hour).getTime()

test.each([
  ['in the evening', local(24, 23), local(25, 8)],
  ['in the night', local(24, 3), local(24, 8)],
  ['at eight', local(24, 8), local(25, 8)],
])('until morning, asked %s, is the next 08:00 of this machine', (_when, now, end) => {
  expect(pauseEnd('morning', now)).toBe(end)
})

test('a pause ends when it says, or at once', () => {
  expect(pauseEnd('30 minutes', 0)).toBe(1_800_000)
  expect(pauseEnd('2 hours', 0)).toBe(7_200_000)
  expect(pauseEnd(null, 0)).toBeNull()
})
