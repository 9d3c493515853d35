import { expect, test } from 'vitest'

import { fillOf, focusedMs, holdMs, stepHold, type Hold, type HoldEvent } from '../../renderer/confirm/hold.ts'

const after = (...events: HoldEvent[]): Hold => events.reduce<Hold>(stepHold, { kind: 'idle', focusedSince: null })
const focused = { type: 'focused', at: 0 } as const
const pressed = (at: number, isRepeat = false) => ({ type: 'pressed', at, isRepeat }) as const
const moved = (at: number) => ({ type: 'moved', at }) as const

test('a press held to its end is done, and not a millisecond before', () => {
  expect(after(focused, pressed(500), moved(500 + holdMs - 1)).kind).toBe('holding')
  expect(after(focused, pressed(500), moved(500 + holdMs)).kind).toBe('done')
})

test('a press counts only when the window had the focus for half a second', () => {
  expect(after(focused, pressed(focusedMs - 1), moved(10_000)).kind).toBe('idle')
  expect(after(focused, pressed(focusedMs), moved(10_000)).kind).toBe('done')
})

test('a window that has not the focus takes no press', () => {
  expect(after(pressed(5_000), moved(10_000)).kind).toBe('idle')
})

test('the half second begins again when the focus comes back', () => {
  const back = { type: 'focused', at: 5_000 } as const
  expect(after(focused, { type: 'blurred' }, back, pressed(5_400), moved(9_000)).kind).toBe('idle')
  expect(after(focused, { type: 'blurred' }, back, pressed(5_500), moved(9_000)).kind).toBe('done')
})

test('letting go ends it, and the next press begins from nothing', () => {
  const hold = after(focused, pressed(600), moved(1_900), { type: 'released' })
  expect(hold.kind).toBe('idle')
  expect(stepHold(stepHold(hold, pressed(2_000)), moved(2_700)).kind).toBe('holding')
})

test('losing the focus in the middle ends it', () => {
  expect(after(focused, pressed(600), { type: 'blurred' }, moved(5_000)).kind).toBe('idle')
})

test('a key that was down before begins nothing, and prolongs nothing', () => {
  expect(after(focused, pressed(600, true), moved(5_000)).kind).toBe('idle')
  expect(after(focused, pressed(600), pressed(1_900, true), moved(2_100)).kind).toBe('done')
})

test('what is done stays done', () => {
  expect(
    after(focused, pressed(500), moved(9_000), { type: 'released' }, { type: 'blurred' }, pressed(9_900)).kind,
  ).toBe('done')
})

test('it fills from nothing to full', () => {
  const hold = after(focused, pressed(500))
  expect([500, 500 + holdMs / 2, 500 + 2 * holdMs].map((at) => fillOf(hold, at))).toEqual([0, 0.5, 1])
  expect(fillOf(after(focused), 900)).toBe(0)
})
