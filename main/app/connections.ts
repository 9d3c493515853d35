import type { CommandArgs, Reply } from '../../preload/contract.ts'
import type { CheckReport, ConnectionSummary } from '../../preload/contract-types.ts'
import { boundText } from '../engine/wording.ts'
import type { Demo } from './demo-connection.ts'
import type { AppPorts, StoredConnection } from './ports.ts'
import type { TokenCheck } from './token-check.ts'
import type { Tokens } from './tokens.ts'
import { Turns } from './turns.ts'
import type { Watch } from './watch.ts'
import { answer, refuse } from './words.ts'

/** A person may have to type it. */
const nameLength = 100
const roles = ['watch', 'act'] as const

export interface ConnectionsParts {
  readonly ports: AppPorts
  readonly watch: Watch
  readonly tokens: Tokens
  readonly tokenCheck: TokenCheck
  readonly demo: Demo
  /** Whether a switch is on its way to Cloudflare at this moment. */
  readonly isSwitching: () => boolean
  /** Shows a sentence in the windows, once. */
  readonly say: (sentence: string) => void
}

/** The connections of this profile: made, watched one at a time, given new tokens, forgotten. Changes take turns. */
export class Connections {
  readonly #parts: ConnectionsParts
  readonly #turns = new Turns()

  constructor(parts: ConnectionsParts) {
    this.#parts = parts
  }

  /** Watches the connection that was active when the app was last quit; why it cannot is shown. */
  async resume(): Promise<void> {
    const active = this.#parts.ports.settings.activeConnection()
    if (active === null) return
    const resumed = await this.activate(active)
    if (!resumed.ok) this.#parts.say(resumed.message)
  }

  async start(args: CommandArgs<'startWatching'>): Promise<Reply<{ readonly connection: string }>> {
    const { tokenCheck } = this.#parts
    const actToken = args.actToken === args.token ? null : args.actToken
    const watching = await tokenCheck.vet('watch', args.token, args.account)
    if (!watching.ok) return watching
    const acting = actToken === null ? null : await tokenCheck.vet('act', actToken, args.account)
    if (acting?.ok === false) return refuse(acting.kind, `The act token: ${acting.message}`)
    return this.#turns.take(() =>
      this.#begin({ ...args, actToken }, args.actToken, watching.value, acting?.value ?? null),
    )
  }

  /** Makes a demo account, if there is none yet, and watches it. */
  tryDemo(): Promise<Reply<{ readonly connection: string }>> {
    return this.#turns.take(() => this.#tryDemo())
  }

  list(): readonly ConnectionSummary[] {
    const { settings } = this.#parts.ports
    const active = settings.activeConnection()
    return settings.connections().map(({ id, accountId, accountName, isDemo, actsWith, tokensHeldIn }) => ({
      id,
      accountId,
      accountName,
      isDemo,
      isActive: id === active,
      actsWith,
      tokensHeldIn,
    }))
  }

  activate(id: string): Promise<Reply<null>> {
    return this.#turns.take(async () => {
      const connection = this.#find(id)
      if (connection === undefined) return unknownConnection()
      if (this.#parts.watch.connection?.id === id) return answer(null)
      if (!connection.isDemo) {
        return this.#refuseElsewhere(connection) ?? (await this.#watch(connection, connection.address))
      }
      const demo = await this.#tryDemo()
      return demo.ok ? answer(null) : demo
    })
  }

  async replaceToken(args: CommandArgs<'replaceToken'>): Promise<Reply<null>> {
    const { role, token } = args
    const { tokenCheck, tokens } = this.#parts
    const named = this.#find(args.connection)
    if (named === undefined || named.isDemo) return unknownConnection()
    const elsewhere = this.#refuseElsewhere(named)
    if (elsewhere !== null) return elsewhere
    const vetted = await tokenCheck.vet(role, token, named.accountId)
    if (!vetted.ok) return vetted

    return this.#turns.take(async () => {
      const before = this.#find(args.connection)
      if (before === undefined) return unknownConnection()
      const changed: StoredConnection = {
        ...before,
        actsWith: role === 'act' ? 'actToken' : before.actsWith,
        tokensHeldIn: args.holdInMemory ? 'memory' : 'keychain',
        expiresOn: { ...before.expiresOn, [role]: vetted.value.expiresOn },
      }
      const kept = await tokens.keep(changed, before, role, token)
      if (!kept.ok) return kept
      const moved = args.holdInMemory ? answer(null) : await tokens.moveToKeychain(before, roles)
      if (!moved.ok) return moved
      this.#update(changed)
      return answer(null)
    })
  }

  /** Makes an observer of a connection. */
  forgetActToken(id: string): Promise<Reply<null>> {
    return this.#turns.take(async () => {
      const connection = this.#find(id)
      if (connection === undefined || connection.isDemo) return unknownConnection()
      const forgotten = this.#refuseWhileSwitching(id) ?? (await this.#parts.tokens.forget(connection, ['act']))
      if (!forgotten.ok) return forgotten
      this.#update({ ...connection, actsWith: 'none', expiresOn: { ...connection.expiresOn, act: null } })
      return answer(null)
    })
  }

  /** Forgets tokens and data of a connection. If the keychain cannot be asked it stays, and the reply says so. */
  forget(id: string): Promise<Reply<null>> {
    return this.#turns.take(async () => {
      const { ports, watch, tokens, demo } = this.#parts
      const connection = this.#find(id)
      if (connection === undefined) return unknownConnection()
      const switching = this.#refuseWhileSwitching(id)
      if (switching !== null) return switching
      const forgotten = connection.isDemo ? answer(null) : await tokens.forget(connection, roles)
      if (!forgotten.ok) return forgotten
      if (watch.connection?.id === id) await watch.end()
      ports.settings.saveConnections(ports.settings.connections().filter((one) => one.id !== id))
      if (connection.isDemo) await demo.close()
      return this.#deleteData(id)
    })
  }

  async #begin(
    args: CommandArgs<'startWatching'>,
    givenActToken: string | null,
    watching: CheckReport,
    acting: CheckReport | null,
  ): Promise<Reply<{ readonly connection: string }>> {
    const { ports, tokens, watch } = this.#parts
    const owner = { address: ports.address, accountId: args.account }
    const before = ports.settings
      .connections()
      .find((one) => !one.isDemo && one.accountId === owner.accountId && one.address === owner.address)
    const actsWithWatchToken = args.actsWithWatchToken || givenActToken !== null
    const connection: StoredConnection = {
      ...owner,
      id: before?.id ?? ports.newId(),
      accountName: boundText(watching.account?.name ?? '', nameLength) || args.account,
      isDemo: false,
      actsWith: args.actToken !== null ? 'actToken' : actsWithWatchToken ? 'watchToken' : 'none',
      tokensHeldIn: args.holdInMemory ? 'memory' : 'keychain',
      expiresOn: { watch: watching.expiresOn, act: acting?.expiresOn ?? null },
      addedAt: before?.addedAt ?? ports.clock.now(),
    }
    const switching = this.#refuseWhileSwitching(watch.connection?.id)
    if (switching !== null) return switching
    let kept = await tokens.keep(connection, before, 'watch', args.token)
    if (kept.ok && args.actToken !== null) kept = await tokens.keep(connection, before, 'act', args.actToken)
    // One that it had before would lie in the keychain for nothing.
    if (kept.ok && args.actToken === null && before !== undefined) kept = await tokens.forget(before, ['act'])
    if (!kept.ok) return kept
    if (watch.connection?.id === connection.id) await watch.end()
    this.#save(connection)
    const watched = await this.#watch(connection, owner.address)
    return watched.ok ? answer({ connection: connection.id }) : watched
  }

  async #tryDemo(): Promise<Reply<{ readonly connection: string }>> {
    const opened = await this.#parts.demo.open()
    if (!opened.ok) return opened
    const { connection, address } = opened.value
    this.#save(connection)
    const watched = await this.#watch(connection, address)
    return watched.ok ? answer({ connection: connection.id }) : watched
  }

  async #watch(connection: StoredConnection, address: string): Promise<Reply<null>> {
    const { ports, watch } = this.#parts
    if (watch.connection?.id === connection.id) return answer(null)
    const switching = this.#refuseWhileSwitching(watch.connection?.id)
    if (switching !== null) return switching
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

  /** Tokens are bound to the address that they were entered for: no other is ever asked with them. */
  #refuseElsewhere(connection: StoredConnection): Refusal | null {
    if (connection.address === this.#parts.ports.address) return null
    return refuse(
      'otherAddress',
      `${connection.accountName} was connected at ${connection.address}, which this Fleetlight does not use, so its tokens are sent nowhere. Connect the account anew, or forget it.`,
    )
  }

  /** The answer to a switch that is on its way would come to nobody. */
  #refuseWhileSwitching(id: string | undefined): Refusal | null {
    if (id !== this.#parts.watch.connection?.id || !this.#parts.isSwitching()) return null
    return refuse(
      'switching',
      'A switch is on its way to Cloudflare at this moment. Wait for its result, a few seconds, then try again.',
    )
  }

  #find(id: string): StoredConnection | undefined {
    return this.#parts.ports.settings.connections().find((one) => one.id === id)
  }

  #save(connection: StoredConnection): void {
    const { settings } = this.#parts.ports
    settings.saveConnections([...settings.connections().filter((one) => one.id !== connection.id), connection])
  }

  #update(connection: StoredConnection): void {
    this.#save(connection)
    this.#parts.watch.refresh(connection, true)
  }
}

type Refusal = ReturnType<typeof refuse>

function unknownConnection(): Refusal {
  return refuse('unknown', 'There is no such connection any more. Open Settings again to see what there is.')
}
