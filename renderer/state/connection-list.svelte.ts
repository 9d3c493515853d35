import type { ConnectionSummary } from '../../preload/contract-types.ts'
import type { Bridge, CommandArgs, CommandName } from '../../preload/contract.ts'
import type { Problem } from './bridge.ts'

/** The connections of the profile and what a person can do with each. */
export class ConnectionList {
  rows = $state.raw<readonly ConnectionSummary[] | null>(null)
  problem = $state.raw<Problem | null>(null)
  isBusy = $state(false)
  readonly #bridge: Bridge

  constructor(bridge: Bridge) {
    this.#bridge = bridge
  }

  async load(): Promise<void> {
    const reply = await this.#bridge.invoke('connections', {})
    if (reply.ok) this.rows = reply.value
    else this.problem = reply
  }

  activate(connection: string): Promise<boolean> {
    return this.#change('activateConnection', { connection })
  }

  replaceToken(args: CommandArgs<'replaceToken'>): Promise<boolean> {
    return this.#change('replaceToken', args)
  }

  forgetActToken(connection: string): Promise<boolean> {
    return this.#change('forgetActToken', { connection })
  }

  forget(connection: string): Promise<boolean> {
    return this.#change('forgetConnection', { connection })
  }

  async #change<C extends CommandName>(command: C, args: CommandArgs<C>): Promise<boolean> {
    this.isBusy = true
    this.problem = null
    const reply = await this.#bridge.invoke(command, args)
    if (reply.ok) await this.load()
    else this.problem = reply
    this.isBusy = false
    return reply.ok
  }
}
