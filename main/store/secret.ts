import { inspect } from 'node:util'

const dots = '••••'

/** A token. Whatever prints it, turns it into text or JSON or looks inside, sees dots; only `reveal` gives it away. */
export class Secret {
  readonly #value: string

  constructor(value: string) {
    this.#value = value
  }

  reveal(): string {
    return this.#value
  }

  toString(): string {
    return dots
  }

  toJSON(): string {
    return dots
  }

  [inspect.custom](): string {
    return dots
  }
}
