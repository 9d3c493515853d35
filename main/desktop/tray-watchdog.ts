import type { EpochMs } from '../engine/failure.ts'
import type { Clock } from '../engine/ports.ts'

/** A face that is older than this says nothing of now. */
const silenceMs = 60_000
/** How often it is looked. */
const lookMs = 5000

/**
 * Tells when no face came for a minute, and every so often while that lasts. Nobody has to be well for it but this
 * process's timers. It takes the worse of two measures: the wall clock, because timers stand still while the machine
 * sleeps, and the number of its looks, because the wall clock can be set back.
 */
export class TrayWatchdog {
  readonly #clock: Clock
  readonly #onSilence: (silentMs: number) => void
  #fedAt: EpochMs
  #looks = 0
  #cancel: () => void

  /** Begins at once: a face that never comes is silence too. */
  constructor(clock: Clock, onSilence: (silentMs: number) => void) {
    this.#clock = clock
    this.#onSilence = onSilence
    this.#fedAt = clock.now()
    this.#cancel = this.#arm()
  }

  /** A face came. */
  feed(): void {
    this.#fedAt = this.#clock.now()
    this.#looks = 0
    this.#cancel()
    this.#cancel = this.#arm()
  }

  stop(): void {
    this.#cancel()
  }

  #arm(): () => void {
    return this.#clock.at(this.#clock.now() + lookMs, () => {
      this.#look()
    })
  }

  #look(): void {
    this.#looks++
    this.#cancel = this.#arm()
    const silentMs = Math.max(this.#clock.now() - this.#fedAt, this.#looks * lookMs)
    if (silentMs >= silenceMs) this.#onSilence(silentMs)
  }
}
