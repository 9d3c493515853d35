import type { CommandArgs, Reply } from '../../preload/contract.ts'
import type { StoredConnection } from './ports.ts'
import { refuseElsewhere, refuseUnknown, refuseWhileSwitching } from './refusals.ts'
import type { StoredConnections } from './stored-connections.ts'
import type { TokenCheck } from './token-check.ts'
import type { Tokens } from './tokens.ts'
import type { Turns } from './turns.ts'
import type { Watch } from './watch.ts'
import { answer } from './words.ts'

export interface TokenUpkeepParts {
  /** The address of ordinary connections. */
  readonly address: string
  readonly stored: StoredConnections
  readonly watch: Watch
  readonly tokens: Tokens
  readonly tokenCheck: TokenCheck
  readonly turns: Turns
  /** Whether a switch is on its way to Cloudflare at this moment. */
  readonly isSwitching: () => boolean
}

/** New tokens for connections that there are, and act tokens taken away from them. */
export class TokenUpkeep {
  readonly #parts: TokenUpkeepParts

  constructor(parts: TokenUpkeepParts) {
    this.#parts = parts
  }

  async replace(args: CommandArgs<'replaceToken'>): Promise<Reply<null>> {
    const { role, token } = args
    const { address, stored, tokens, tokenCheck, turns } = this.#parts
    const named = stored.find(args.connection)
    if (named === undefined || named.isDemo) return refuseUnknown()
    const elsewhere = refuseElsewhere(named, address)
    if (elsewhere !== null) return elsewhere
    const vetted = await tokenCheck.vet(role, token, named.accountId)
    if (!vetted.ok) return vetted

    return turns.take(async () => {
      const before = stored.find(args.connection)
      if (before === undefined) return refuseUnknown()
      if (role === 'act' && (await this.#isWatchToken(before, token))) return this.#takeAct(before, 'watchToken')
      const changed: StoredConnection = {
        ...before,
        actsWith: role === 'act' ? 'actToken' : before.actsWith,
        tokensHeldIn: args.holdInMemory ? 'memory' : 'keychain',
        expiresOn: { ...before.expiresOn, [role]: vetted.value.expiresOn },
      }
      const kept = await tokens.keep(changed, before, role, token)
      if (!kept.ok) return kept
      // One that had to be held in memory belongs into the keychain too, once that works again.
      const moved = args.holdInMemory ? kept : await tokens.moveToKeychain(before, ['watch', 'act'])
      if (!moved.ok) return moved
      this.#update(changed)
      return answer(null)
    })
  }

  /** Makes an observer of a connection. */
  forgetAct(id: string): Promise<Reply<null>> {
    const { stored, watch, turns, isSwitching } = this.#parts
    return turns.take(async () => {
      const connection = stored.find(id)
      if (connection === undefined || connection.isDemo) return refuseUnknown()
      const isInUse = watch.connection?.id === id && isSwitching()
      return isInUse ? refuseWhileSwitching() : this.#takeAct(connection, 'none')
    })
  }

  async #takeAct(before: StoredConnection, actsWith: 'watchToken' | 'none'): Promise<Reply<null>> {
    const forgotten = await this.#parts.tokens.forget(before, ['act'])
    if (!forgotten.ok) return forgotten
    this.#update({ ...before, actsWith, expiresOn: { ...before.expiresOn, act: null } })
    return answer(null)
  }

  /** One token for both has one limit at Cloudflare, whatever it was entered as. */
  async #isWatchToken(connection: StoredConnection, token: string): Promise<boolean> {
    const watching = await this.#parts.tokens.read(connection, 'watch')
    return watching.ok && watching.value === token
  }

  #update(connection: StoredConnection): void {
    this.#parts.stored.save(connection)
    this.#parts.watch.refresh(connection)
  }
}
