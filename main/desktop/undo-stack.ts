import { once } from 'node:events'

interface Step {
  readonly name: string
  readonly undo: () => void | Promise<void>
}

/** What was set up, to be taken down in reverse order. */
export class UndoStack {
  readonly #steps: Step[] = []
  #isUnwound = false
  readonly #log: (event: string, fields: Readonly<Record<string, string>>) => void

  constructor(log: (event: string, fields: Readonly<Record<string, string>>) => void) {
    this.#log = log
  }

  /** What is set up while all is being taken down goes with it, and what comes later goes at once. */
  add(name: string, undo: Step['undo']): void {
    if (this.#isUnwound) void this.#take({ name, undo })
    else this.#steps.push({ name, undo })
  }

  /** Takes everything down. A step that fails is logged and the next one follows; ends after `boundMs` in any case. */
  async unwind(boundMs: number): Promise<void> {
    const bound = AbortSignal.timeout(boundMs)
    const all = async () => {
      for (let step = this.#steps.at(-1); step !== undefined && !bound.aborted; step = this.#steps.at(-1)) {
        await this.#take(step)
        this.#steps.splice(this.#steps.indexOf(step), 1)
      }
      this.#isUnwound = true
    }
    await Promise.race([all(), once(bound, 'abort')])
    if (this.#steps.length === 0) return
    this.#log('taking down took too long', { left: this.#steps.map(({ name }) => name).join(', ') })
  }

  async #take({ name, undo }: Step): Promise<void> {
    try {
      await undo()
    } catch (error) {
      this.#log('taking down failed', { step: name, message: String(error) })
    }
  }
}
