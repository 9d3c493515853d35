import type { ConnectionSummary } from '../../preload/contract-types.ts'
import type { SettingsStore, StoredConnection } from './ports.ts'
import type { TokenOwner } from './tokens.ts'

/** The list of connections as it is kept in the settings. */
export class StoredConnections {
  readonly #settings: SettingsStore

  constructor(settings: SettingsStore) {
    this.#settings = settings
  }

  /** The one that is watched, or was when the app was last quit. */
  get active(): StoredConnection | undefined {
    return this.find(this.#settings.activeConnection())
  }

  find(id: string | null): StoredConnection | undefined {
    return this.#settings.connections().find((one) => one.id === id)
  }

  /** An account is connected once at an address. */
  findReal({ address, accountId }: TokenOwner): StoredConnection | undefined {
    return this.#settings
      .connections()
      .find((one) => !one.isDemo && one.accountId === accountId && one.address === address)
  }

  save(connection: StoredConnection): void {
    this.#settings.saveConnections([...this.#without(connection.id), connection])
  }

  remove(id: string): void {
    this.#settings.saveConnections(this.#without(id))
  }

  summaries(): readonly ConnectionSummary[] {
    const active = this.#settings.activeConnection()
    return this.#settings.connections().map(({ id, accountId, accountName, isDemo, actsWith, tokensHeldIn }) => ({
      id,
      accountId,
      accountName,
      isDemo,
      isActive: id === active,
      actsWith,
      tokensHeldIn,
    }))
  }

  #without(id: string): readonly StoredConnection[] {
    return this.#settings.connections().filter((one) => one.id !== id)
  }
}
