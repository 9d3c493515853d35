import type { AppView } from '../../preload/contract.ts'

/** The most that is pushed to a window, in bytes of JSON. Whatever is bulkier is asked for in pages and series. */
export const maxPushedBytes = 50_000

/**
 * Decides which views are worth pushing: those that differ from the one pushed last in more than the moment at which they
 * were taken. A page counts ages by itself and asks for the view when it hears nothing.
 */
export class ViewFeed {
  #pushed = ''
  readonly #push: (view: AppView) => void
  readonly #onTooLarge: (bytes: number) => void

  constructor(push: (view: AppView) => void, onTooLarge: (bytes: number) => void) {
    this.#push = push
    this.#onTooLarge = onTooLarge
  }

  offer(view: AppView): void {
    const text = JSON.stringify({ ...view, snapshot: { ...view.snapshot, at: 0 } })
    if (text === this.#pushed) return
    this.#pushed = text
    const bytes = Buffer.byteLength(text)
    if (bytes > maxPushedBytes) this.#onTooLarge(bytes)
    else this.#push(view)
  }

  /** A page was loaded anew and knows nothing. */
  forget(): void {
    this.#pushed = ''
  }
}
