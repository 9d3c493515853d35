import fc from 'fast-check'
import { expect, test } from 'vitest'

import { placeWindow, type Rectangle } from '../../main/desktop/window-placement.ts'

const first = { x: 0, y: 30, width: 1920, height: 1050 }
const left = { x: -1280, y: 0, width: 1280, height: 1024 }
const size = { width: 1000, height: 700 }

test('without a memory it is in the middle of the first screen', () => {
  expect(placeWindow(null, [first, left], size)).toEqual({ x: 460, y: 205, width: 1000, height: 700 })
})

test('what can be seen whole stays where it was, also left of the first screen', () => {
  for (const remembered of [
    { x: 100, y: 100, width: 800, height: 600 },
    { x: -1280, y: 0, width: 1280, height: 1024 },
  ]) {
    expect(placeWindow(remembered, [first, left], size)).toEqual(remembered)
  }
})

test('what hangs over an edge is moved in, onto the screen that shows most of it', () => {
  const across = { x: -300, y: 500, width: 1000, height: 800 }
  expect(placeWindow(across, [first, left], size)).toEqual({ x: 0, y: 280, width: 1000, height: 800 })
  expect(placeWindow({ ...across, x: -800 }, [first, left], size)).toEqual({
    x: -1000,
    y: 224,
    width: 1000,
    height: 800,
  })
})

test('the window of a screen that is gone comes to the middle of the first', () => {
  const gone = { x: 5000, y: 0, width: 800, height: 600 }
  expect(placeWindow(gone, [first], size)).toEqual(placeWindow(null, [first], size))
})

test('whatever was remembered, all of the window is on a screen', () => {
  const coordinate = fc.integer({ min: -10_000, max: 10_000 })
  const length = fc.integer({ min: 1, max: 10_000 })
  const rectangle: fc.Arbitrary<Rectangle> = fc.record({ x: coordinate, y: coordinate, width: length, height: length })
  fc.assert(
    fc.property(fc.option(rectangle), fc.tuple(rectangle, rectangle), (remembered, areas) => {
      const placed = placeWindow(remembered, areas, size)
      expect(areas.some((area) => isWithin(placed, area))).toBe(true)
    }),
  )
})

function isWithin(inner: Rectangle, outer: Rectangle): boolean {
  return (
    inner.x >= outer.x &&
    inner.y >= outer.y &&
    inner.x + inner.width <= outer.x + outer.width &&
    inner.y + inner.height <= outer.y + outer.height
  )
}
