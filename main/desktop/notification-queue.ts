import type { EpochMs } from '../engine/failure.ts'
import type { Notice } from '../engine/events.ts'

/** Older than this a notice would only confuse; Activity still has it. */
const keptMs = 30 * 60_000
const keptMost = 20
const keysKept = 500

/** Notices on their way: each key once, in the order in which they came, held while nobody can show them. */
export class NotificationQueue {
  readonly #keys = new Set<string>()
  #held: { readonly notice: Notice; readonly at: EpochMs }[] = []

  /** Takes a notice, unless its event was told before. */
  add(notice: Notice, at: EpochMs): void {
    if (this.#keys.has(notice.key)) return
    this.#keys.add(notice.key)
    const [oldest] = this.#keys
    if (this.#keys.size > keysKept && oldest !== undefined) this.#keys.delete(oldest)
    this.#held = [...this.#held, { notice, at }].slice(-keptMost)
  }

  /** The oldest notice that is still worth showing; null: none waits. It stays until it is taken away. */
  next(at: EpochMs): Notice | null {
    this.#held = this.#held.filter((held) => at - held.at <= keptMs)
    return this.#held[0]?.notice ?? null
  }

  take(notice: Notice): void {
    this.#held = this.#held.filter((held) => held.notice !== notice)
  }
}
