import type { EpochMs } from '../../engine/failure.ts'
import type { AccountClock } from '../clock.ts'
import type { OverrideSwitch } from '../fleet/convergence.ts'
import type { Switches } from '../switches.ts'

/** The account was last switched in an exercise before the demo began, as its audit log tells. */
export const lastSwitchedDaysAgo = 12

/** The Global WARP override of the account: its state, since when, and the switches that the fleet follows. */
export class Override {
  readonly #clock: AccountClock
  readonly #switches: Switches
  readonly #timeline: OverrideSwitch[] = []
  #isOn = false
  #timestamp: EpochMs

  constructor(clock: AccountClock, switches: Switches) {
    this.#clock = clock
    this.#switches = switches
    this.#timestamp = clock.now() - lastSwitchedDaysAgo * 86_400_000
  }

  get isOn(): boolean {
    return this.#isOn
  }

  /** Switches that changed the state, oldest first, in moments of the account's life. */
  get timeline(): readonly OverrideSwitch[] {
    return this.#timeline
  }

  /** Sets the state. Whether the same state again moves the timestamp is not documented. */
  set(isOn: boolean): void {
    const isChange = isOn !== this.#isOn
    if (isChange) this.#timeline.push({ at: this.#clock.lived(), isOn })
    this.#isOn = isOn
    // Two switches within a millisecond still move it.
    if (isChange || this.#switches.repeatedPost === 'movesTimestamp') {
      this.#timestamp = Math.max(this.#clock.now(), this.#timestamp + 1)
    }
  }

  /** The result as the API gives it; `timestamp` is when the state was last updated, not when devices followed. */
  toResult(): { readonly disconnect: boolean; readonly timestamp?: string } | null {
    switch (this.#switches.overrideShape) {
      case 'nullResult':
        return null
      case 'noTimestamp':
        return { disconnect: this.#isOn }
      case 'full':
        return { disconnect: this.#isOn, timestamp: new Date(this.#timestamp).toISOString() }
    }
  }
}
