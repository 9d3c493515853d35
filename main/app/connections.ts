import type { CommandArgs, Reply } from '../../preload/contract.ts'
import type { CheckReport } from '../../preload/contract-types.ts'
import { boundText } from '../engine/wording.ts'
import type { Demo } from './demo-connection.ts'
import type { AppPorts, StoredConnection } from './ports.ts'
import { refuseElsewhere, refuseUnknown, refuseWhileSwitching } from './refusals.ts'
import type { StoredConnections } from './stored-connections.ts'
import type { TokenCheck } from './token-check.ts'
import type { Tokens } from './tokens.ts'
import type { Turns } from './turns.ts'
import type { Watch } from './watch.ts'
import { answer, refuse } from './words.ts'

/** A person may have to type it. */
const nameLength = 100

export interface ConnectionsParts {
  readonly ports: AppPorts
  readonly stored: StoredConnections
  readonly watch: Watch
  readonly tokens: Tokens
  readonly tokenCheck: TokenCheck
  readonly demo: Demo
  readonly turns: Turns
  /** Whether a switch is on its way to Cloudflare at this moment. */
  readonly isSwitching: () => boolean
  /** Shows a sentence in the windows, once. */
  readonly say: (sentence: string) => void
}

interface Begin {
  readonly args: CommandArgs<'startWatching'>
  readonly watching: CheckReport
  /** null: there is no act token of its own. */
  readonly acting: CheckReport | null
}

/** The connections of this profile: made, watched one at a time, forgotten. Changes take turns. */
export class Connections {
  readonly #parts: ConnectionsParts

  constructor(parts: ConnectionsParts) {
    this.#parts = parts
  }

  /** Watches the connection that was active when the app was last quit; why it cannot is shown. */
  async resume(): Promise<void> {
    const { active } = this.#parts.stored
    if (active === undefined) return
    const resumed = await this.activate(active.id)
    if (!resumed.ok) this.#parts.say(resumed.message)
  }

  async start(given: CommandArgs<'startWatching'>): Promise<Reply<{ readonly connection: string }>> {
    const { tokenCheck, turns } = this.#parts
    // One token entered twice is one token for both.
    const args = given.actToken === given.token ? { ...given, actToken: null, actsWithWatchToken: true } : given
    const watching = await tokenCheck.vet('watch', args.token, args.account)
    if (!watching.ok) return watching
    const acting = args.actToken === null ? null : await tokenCheck.vet('act', args.actToken, args.account)
    if (acting?.ok === false) return refuse(acting.kind, `The act token: ${acting.message}`)
    return turns.take(() => this.#begin({ args, watching: watching.value, acting: acting?.value ?? null }))
  }

  /** Makes a demo account, if there is none yet, and watches it. */
  tryDemo(): Promise<Reply<{ readonly connection: string }>> {
    return this.#parts.turns.take(() => this.#tryDemo())
  }

  activate(id: string): Promise<Reply<null>> {
    const { ports, stored, watch, turns } = this.#parts
    return turns.take(async () => {
      const connection = stored.find(id)
      if (connection === undefined) return refuseUnknown()
      if (watch.connection?.id === id) return answer(null)
      if (!connection.isDemo) {
        return refuseElsewhere(connection, ports.address) ?? (await this.#watch(connection, connection.address))
      }
      const demo = await this.#tryDemo()
      return demo.ok ? answer(null) : demo
    })
  }

  /** Forgets tokens and data of a connection. If the keychain cannot be asked it stays, and the reply says so. */
  forget(id: string): Promise<Reply<null>> {
    const { stored, watch, tokens, demo, turns } = this.#parts
    return turns.take(async () => {
      const connection = stored.find(id)
      if (connection === undefined) return refuseUnknown()
      const isWatched = watch.connection?.id === id
      if (isWatched && this.#parts.isSwitching()) return refuseWhileSwitching()
      const forgotten = connection.isDemo ? answer(null) : await tokens.forget(connection, ['watch', 'act'])
      if (!forgotten.ok) return forgotten
      if (isWatched) await watch.end()
      stored.remove(id)
      if (connection.isDemo) await demo.close()
      return this.#deleteData(id)
    })
  }

  async #begin({ args, watching, acting }: Begin): Promise<Reply<{ readonly connection: string }>> {
    const { ports, stored, watch } = this.#parts
    if (this.#parts.isSwitching()) return refuseWhileSwitching()
    const owner = { address: ports.address, accountId: args.account }
    const before = stored.findReal(owner)
    const connection: StoredConnection = {
      ...owner,
      id: before?.id ?? ports.newId(),
      accountName: boundText(watching.account?.name ?? '', nameLength) || args.account,
      isDemo: false,
      actsWith: args.actToken !== null ? 'actToken' : args.actsWithWatchToken ? 'watchToken' : 'none',
      tokensHeldIn: args.holdInMemory ? 'memory' : 'keychain',
      expiresOn: { watch: watching.expiresOn, act: acting?.expiresOn ?? null },
      addedAt: before?.addedAt ?? ports.clock.now(),
    }
    const kept = await this.#keepTokens(connection, before, args)
    if (!kept.ok) return kept
    // Watched anew, for its tokens are others now.
    if (watch.connection?.id === connection.id) await watch.end()
    stored.save(connection)
    const watched = await this.#watch(connection, owner.address)
    return watched.ok ? answer({ connection: connection.id }) : watched
  }

  async #keepTokens(
    connection: StoredConnection,
    before: StoredConnection | undefined,
    { token, actToken }: CommandArgs<'startWatching'>,
  ): Promise<Reply<null>> {
    const { tokens } = this.#parts
    const kept = await tokens.keep(connection, before, 'watch', token)
    if (!kept.ok) return kept
    // An act token from before would lie in the keychain for nothing.
    if (actToken === null) return before === undefined ? kept : tokens.forget(before, ['act'])
    const keptToAct = await tokens.keep(connection, before, 'act', actToken)
    // Half a connection is none: what was kept of it goes again, as far as the keychain lets it.
    if (!keptToAct.ok && before === undefined) await tokens.forget({ ...connection, tokensHeldIn: 'memory' }, ['watch'])
    return keptToAct
  }

  async #tryDemo(): Promise<Reply<{ readonly connection: string }>> {
    const { stored, demo } = this.#parts
    const opened = await demo.open()
    if (!opened.ok) return opened
    const { connection, address } = opened.value
    stored.save(connection)
    const watched = await this.#watch(connection, address)
    return watched.ok ? answer({ connection: connection.id }) : watched
  }

  async #watch(connection: StoredConnection, address: string): Promise<Reply<null>> {
    const { ports, watch } = this.#parts
    if (watch.connection?.id === connection.id) return answer(null)
    if (this.#parts.isSwitching()) return refuseWhileSwitching()
    ports.settings.activate(connection.id)
    await watch.begin(connection, address)
    return answer(null)
  }

  async #deleteData(id: string): Promise<Reply<null>> {
    try {
      await this.#parts.ports.deleteFleet(id)
      return answer(null)
    } catch (error) {
      this.#parts.ports.log('store failed', { what: 'delete', message: String(error) })
      return refuse(
        'store',
        `The connection and its tokens are forgotten, but what was recorded of it could not be deleted. Delete the folder data/${id} of the profile by hand.`,
      )
    }
  }
}
