import { nextDueAt, startEngine, step, type EngineState } from '../engine/engine.ts'
import type { Effect, EngineEvent } from '../engine/events.ts'
import type { Clock } from '../engine/ports.ts'
import type { WatchSettings } from '../engine/settings.ts'

/** An engine event before the loop stamps it with the time. */
export type UnstampedEvent = EngineEvent extends infer E ? (E extends EngineEvent ? Omit<E, 'at'> : never) : never

export interface EngineLoopOptions {
  readonly clock: Clock
  readonly settings: WatchSettings
  readonly seed: number
  /** Carries one effect out; what comes of it is dispatched as an event. */
  readonly carryOut: (effect: Effect) => void
  /** Called after each step. */
  readonly onStep: () => void
  /** Something threw: a bug. The state before it is kept and the loop goes on. */
  readonly onBug: (error: unknown) => void
}

/** Windows and tray are redrawn at least this often, because figures age even when nothing happens. */
const heartbeatMs = 10_000
/** A due time in the past must never spin the loop, least of all when each step fails. */
const soonestMs = { well: 50, failing: 1_000 }

/** Runs the pure engine on a real clock: events in, one at a time, effects out, one timer for what is due next. */
export class EngineLoop {
  readonly #options: EngineLoopOptions
  readonly #waiting: UnstampedEvent[] = []
  #state: EngineState
  #isStepping = false
  #isFailing = false
  #isClosed = false
  #cancelTimer: (() => void) | null = null

  constructor(options: EngineLoopOptions) {
    this.#options = options
    this.#state = startEngine(options.settings, options.seed)
    this.#arm()
  }

  get state(): EngineState {
    return this.#state
  }

  /** Takes an event. Events that arrive while one is worked on wait for their turn. */
  dispatch(event: UnstampedEvent): void {
    if (this.#isClosed) return
    this.#waiting.push(event)
    if (this.#isStepping) return
    this.#isStepping = true
    this.#isFailing = false
    for (let next = this.#waiting.shift(); next !== undefined; next = this.#waiting.shift()) this.#work(next)
    this.#isStepping = false
    this.#arm()
  }

  /** No step is made any more; what is dispatched is dropped. */
  close(): void {
    this.#isClosed = true
    this.#waiting.length = 0
    this.#cancelTimer?.()
  }

  #work(event: UnstampedEvent): void {
    const { clock, carryOut, onStep } = this.#options
    this.#guard(() => {
      const { state, effects } = step(this.#state, { ...event, at: clock.now() })
      this.#state = state
      // Each by itself: one that cannot be carried out must not cost the others.
      for (const effect of effects) {
        this.#guard(() => {
          carryOut(effect)
        })
      }
      onStep()
    })
  }

  #arm(): void {
    if (this.#isClosed) return
    const { clock } = this.#options
    this.#cancelTimer?.()
    const now = clock.now()
    let due = now + heartbeatMs
    this.#guard(() => {
      due = Math.min(due, nextDueAt(this.#state) ?? Infinity)
    })
    const soonest = now + (this.#isFailing ? soonestMs.failing : soonestMs.well)
    this.#cancelTimer = clock.at(Math.max(soonest, due), () => {
      this.dispatch({ type: 'tick' })
    })
  }

  #guard(work: () => void): void {
    try {
      work()
    } catch (error) {
      this.#isFailing = true
      this.#options.onBug(error)
    }
  }
}
