import { fail } from '../../../main/engine/failure.ts'
import type { Keychain, SecretFailure } from '../../../main/engine/ports.ts'
import { openMemoryKeychain } from '../../../main/store/memory-keychain.ts'

/** A keychain that works until it is told to fail. */
export class BrittleKeychain implements Keychain {
  failure: SecretFailure | null
  /** Entries that cannot be written, whatever else works. */
  failsAt: (account: string) => boolean = () => false
  /** Entries read, by their names. */
  readonly readings: string[] = []
  readonly #keychain = openMemoryKeychain()

  constructor(failure: SecretFailure | null = null) {
    this.failure = failure
  }

  read(account: string) {
    this.readings.push(account)
    return this.failure === null ? this.#keychain.read(account) : Promise.resolve(fail(this.failure))
  }

  write(account: string, secret: string) {
    if (this.failsAt(account)) return Promise.resolve(fail({ kind: 'silent', detail: '' } as const))
    return this.failure === null ? this.#keychain.write(account, secret) : Promise.resolve(fail(this.failure))
  }

  forget(account: string) {
    return this.failure === null ? this.#keychain.forget(account) : Promise.resolve(fail(this.failure))
  }
}
