import type { EpochMs } from '../engine/failure.ts'

/**
 * The two times of a demo account. `now` is what its clocks show; all that goes over the wire is in it. `lived` is how far
 * the account's life has come: skipping moves it on at once, as if what happened had happened that much earlier, so a
 * test can wait for minutes in no time while the app's clock and Cloudflare's stay together.
 */
export class AccountClock {
  readonly now: () => EpochMs
  #skipped = 0

  constructor(now: () => EpochMs) {
    this.now = now
  }

  lived(): EpochMs {
    return this.now() + this.#skipped
  }

  /** Lives through so many milliseconds in an instant. */
  skip(ms: number): void {
    if (!(ms >= 0)) throw new RangeError('Time goes forward only')
    this.#skipped += ms
  }

  /** The moment of the account's life that its clocks show as `shown`. */
  toLived(shown: EpochMs): EpochMs {
    return shown + this.#skipped
  }

  /** What the clocks show of a moment of the account's life. */
  toShown(lived: EpochMs): EpochMs {
    return lived - this.#skipped
  }
}
