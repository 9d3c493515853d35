import type { Clock } from '../../../main/engine/ports.ts'

interface Timer {
  readonly at: number
  readonly callback: () => void
}

/** A clock that stands still until it is moved. */
export class VirtualClock implements Clock {
  #now: number
  readonly #timers = new Set<Timer>()

  constructor(now: number) {
    this.#now = now
  }

  readonly now = (): number => this.#now

  at(at: number, callback: () => void): () => void {
    const timer = { at, callback }
    this.#timers.add(timer)
    return () => {
      this.#timers.delete(timer)
    }
  }

  /** Moves to the next timer and runs it, but never beyond `end`; false: there is none before, and `end` is reached. */
  step(end: number): boolean {
    const next = [...this.#timers].reduce<Timer | null>((a, b) => (a === null || b.at < a.at ? b : a), null)
    if (next === null || next.at > end) {
      this.#now = Math.max(this.#now, end)
      return false
    }
    this.#now = Math.max(this.#now, next.at)
    this.#timers.delete(next)
    next.callback()
    return true
  }

  /** Nothing that waits for a time will happen any more. */
  stop(): void {
    this.#timers.clear()
  }
}
