/** How often the ages on the screen move. One timer for the whole page. */
const beatMs = 1000

/** The current time, moving once a second while it is started. */
export class Pulse {
  now = $state(0)
  readonly #read: () => number

  constructor(read: () => number = () => Date.now()) {
    this.#read = read
    this.now = read()
  }

  /** Calls `onBeat` after each move; returns its undo. */
  start(onBeat: (now: number) => void): () => void {
    const timer = setInterval(() => {
      this.now = this.#read()
      onBeat(this.now)
    }, beatMs)
    return () => {
      clearInterval(timer)
    }
  }
}
