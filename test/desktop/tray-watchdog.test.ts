import { afterEach, beforeEach, expect, test } from 'vitest'

import { TrayWatchdog } from '../../main/desktop/tray-watchdog.ts'
import type { Clock } from '../../main/engine/ports.ts'

/** A wall clock that can be set, beside timers that know only how long they wait. */
class SettableClock implements Clock {
  wall = 1_800_000_000_000
  #elapsed = 0
  #timers: { readonly due: number; readonly callback: () => void }[] = []

  readonly now = () => this.wall

  at(at: number, callback: () => void): () => void {
    const timer = { due: this.#elapsed + at - this.wall, callback }
    this.#timers.push(timer)
    return () => {
      this.#timers = this.#timers.filter((one) => one !== timer)
    }
  }

  /** Time passes for the machine; `wallMs` for the wall clock, the same if not told. */
  pass(ms: number, wallMs = ms): void {
    const end = this.#elapsed + ms
    const rate = wallMs / ms
    for (;;) {
      const next = this.#timers.filter(({ due }) => due <= end).toSorted((a, b) => a.due - b.due)[0]
      const step = (next?.due ?? end) - this.#elapsed
      this.#elapsed += step
      this.wall += step * rate
      if (next === undefined) return
      this.#timers = this.#timers.filter((one) => one !== next)
      next.callback()
    }
  }

  get isIdle(): boolean {
    return this.#timers.length === 0
  }
}

let clock: SettableClock
let silences: number[]
let watchdog: TrayWatchdog

beforeEach(() => {
  clock = new SettableClock()
  silences = []
  watchdog = new TrayWatchdog(clock, (silentMs) => silences.push(silentMs))
})

afterEach(() => {
  watchdog.stop()
  expect(clock.isIdle).toBe(true)
})

test('is quiet as long as faces come, to the last moment', () => {
  for (let minute = 0; minute < 10; minute++) {
    clock.pass(59_999)
    watchdog.feed()
  }
  expect(silences).toEqual([])
})

test('tells after 60 s without a face, and goes on telling how long it lasts', () => {
  watchdog.feed()
  clock.pass(59_999)
  expect(silences).toEqual([])
  clock.pass(1)
  expect(silences).toEqual([60_000])
  clock.pass(10_000)
  expect(silences).toEqual([60_000, 65_000, 70_000])
})

test('needs no first face', () => {
  clock.pass(60_000)
  expect(silences).toEqual([60_000])
})

test('is quiet again once a face comes', () => {
  clock.pass(65_000)
  silences.length = 0
  watchdog.feed()
  clock.pass(59_999)
  expect(silences).toEqual([])
})

test('tells within seconds after a sleep, during which no timer ran', () => {
  watchdog.feed()
  clock.wall += 8 * 3_600_000
  clock.pass(5000)
  expect(silences).toEqual([8 * 3_600_000 + 5000])
})

test('is not fooled by a wall clock that was set back', () => {
  watchdog.feed()
  clock.wall -= 3_600_000
  clock.pass(60_000)
  expect(silences).toEqual([60_000])
})
