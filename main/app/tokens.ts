import type { Reply } from '../../preload/contract.ts'
import type { Result } from '../engine/failure.ts'
import type { TokenRole } from '../engine/model.ts'
import type { Keychain, SecretFailure } from '../engine/ports.ts'
import type { AppPorts, StoredConnection } from './ports.ts'
import { answer, explainKeychain, explainKept, refuse } from './words.ts'

/** Whom tokens belong to: an account, at the address that they were entered for. */
export type TokenOwner = Pick<StoredConnection, 'address' | 'accountId'>

/** A token's owner, with where its connection says that tokens are. */
type Holder = TokenOwner & Pick<StoredConnection, 'accountName' | 'tokensHeldIn'>

/**
 * Where tokens are: the keychain, or memory until quit where the person agreed to it. Reading looks into memory first,
 * so that a token entered while the keychain failed counts, whatever older one the keychain still has.
 */
export class Tokens {
  readonly #memory: Keychain
  readonly #keychain: Keychain
  readonly #nameOf: (owner: TokenOwner, role: TokenRole) => string
  readonly #say: (sentence: string) => void

  /** `say` shows a sentence in the windows, once. */
  constructor(
    { vaults, keychainAccount }: Pick<AppPorts, 'vaults' | 'keychainAccount'>,
    say: (sentence: string) => void,
  ) {
    this.#memory = vaults.memory
    this.#keychain = vaults.keychain
    this.#nameOf = ({ address, accountId }, role) => keychainAccount(address, accountId, role)
    this.#say = say
  }

  /** null: there is none. */
  async read(owner: TokenOwner, role: TokenRole): Promise<Result<string | null, SecretFailure>> {
    const name = this.#nameOf(owner, role)
    const held = await this.#memory.read(name)
    return held.ok && held.value !== null ? held : this.#keychain.read(name)
  }

  /** Keeps a token where `holder` says. `before`: the same connection as it was, if it is not new. */
  async keep(holder: Holder, before: Holder | undefined, role: TokenRole, token: string): Promise<Reply<null>> {
    const name = this.#nameOf(holder, role)
    if (holder.tokensHeldIn === 'keychain') {
      const written = await this.#keychain.write(name, token)
      if (!written.ok) return refuse('keychain', explainKeychain(written.failure))
      await this.release(holder, role)
      return answer(null)
    }
    await this.hold(holder, role, token)
    if (before?.tokensHeldIn === 'keychain') await this.#forgetOld(holder, role)
    return answer(null)
  }

  /** Holds a token in memory; `release` lets go of it. */
  async hold(owner: TokenOwner, role: TokenRole, token: string): Promise<void> {
    await this.#memory.write(this.#nameOf(owner, role), token)
  }

  async release(owner: TokenOwner, role: TokenRole): Promise<void> {
    await this.#memory.forget(this.#nameOf(owner, role))
  }

  /** Moves what is held in memory into the keychain, once that works again. */
  async moveToKeychain(holder: Holder, roles: readonly TokenRole[]): Promise<Reply<null>> {
    for (const role of roles) {
      const held = await this.#memory.read(this.#nameOf(holder, role))
      if (!held.ok || held.value === null) continue
      const kept = await this.keep({ ...holder, tokensHeldIn: 'keychain' }, holder, role, held.value)
      if (!kept.ok) return kept
    }
    return answer(null)
  }

  /** Forgets tokens wherever they are; refuses when the keychain that has them cannot be asked. */
  async forget(holder: Holder, roles: readonly TokenRole[]): Promise<Reply<null>> {
    for (const role of roles) {
      const name = this.#nameOf(holder, role)
      const forgotten = await this.#keychain.forget(name)
      // Tokens that were held in memory because there is no keychain left nothing in it.
      if (!forgotten.ok && holder.tokensHeldIn === 'keychain') return refuse('keychain', explainKept(forgotten.failure))
      await this.#memory.forget(name)
    }
    return answer(null)
  }

  /** Forgets a token that is no longer used. Where that fails nothing else stops, but the person must know. */
  async #forgetOld(holder: Holder, role: TokenRole): Promise<void> {
    const forgotten = await this.#keychain.forget(this.#nameOf(holder, role))
    if (forgotten.ok) return
    this.#say(
      `An older token of ${holder.accountName} is still in the keychain, which could not be asked to forget it. Revoke that token at Cloudflare, or delete the entry of Fleetlight in the keychain.`,
    )
  }
}
