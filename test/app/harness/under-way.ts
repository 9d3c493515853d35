import { setImmediate as turn } from 'node:timers/promises'

/** Work that leads out of the app and back: requests, statements, secrets. */
export class UnderWay {
  readonly #work = new Set<Promise<unknown>>()

  /** The same object, whose calls are waited for by `settle`. */
  watch<T extends object>(target: T): T {
    return new Proxy(target, {
      get: (object, name) => {
        const member: unknown = Reflect.get(object, name)
        if (typeof member !== 'function') return member
        return (...args: unknown[]) => this.add(Reflect.apply(member, object, args) as unknown)
      },
    })
  }

  add<T>(result: T): T {
    if (result instanceof Promise) {
      this.#work.add(result)
      const done = () => this.#work.delete(result)
      result.then(done, done)
    }
    return result
  }

  /** Ends when nothing is under way any more, and what came of it has been taken in. */
  async settle(): Promise<void> {
    do {
      await Promise.allSettled(this.#work)
      await turn()
      await turn()
    } while (this.#work.size > 0)
  }
}
