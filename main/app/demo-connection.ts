import type { Reply } from '../../preload/contract.ts'
import type { AppPorts, DemoAccount, StoredConnection } from './ports.ts'
import type { Tokens } from './tokens.ts'
import { answer, refuse } from './words.ts'

const demoId = 'demo'

/** A demo connection with the address that main made for it. */
export interface DemoConnection {
  readonly connection: StoredConnection
  readonly address: string
}

/** The demo account of this run: started when it is first wanted. Its address and tokens live in memory only. */
export class Demo {
  readonly #ports: AppPorts
  readonly #tokens: Tokens
  #account: DemoAccount | null = null

  constructor(ports: AppPorts, tokens: Tokens) {
    this.#ports = ports
    this.#tokens = tokens
  }

  async open(): Promise<Reply<DemoConnection>> {
    const { startDemo, clock } = this.#ports
    try {
      this.#account ??= await this.#start(startDemo)
    } catch (error) {
      this.#ports.log('demo failed', { message: String(error) })
      return refuse(
        'demo',
        'The demo account could not be started. Restart Fleetlight and try again; the log says why.',
      )
    }
    const { baseUrl, accountId, accountName } = this.#account
    const connection: StoredConnection = {
      id: demoId,
      accountId,
      accountName,
      address: '',
      isDemo: true,
      actsWith: 'actToken',
      tokensHeldIn: 'memory',
      expiresOn: { watch: null, act: null },
      addedAt: clock.now(),
    }
    return answer({ connection, address: baseUrl })
  }

  async close(): Promise<void> {
    const account = this.#account
    this.#account = null
    if (account === null) return
    for (const role of ['watch', 'act'] as const) await this.#tokens.release(ownerOf(account), role)
    await account.close()
  }

  async #start(startDemo: AppPorts['startDemo']): Promise<DemoAccount> {
    const account = await startDemo()
    await this.#tokens.hold(ownerOf(account), 'watch', account.watchToken)
    await this.#tokens.hold(ownerOf(account), 'act', account.actToken)
    // Each run is another fleet: what an earlier one counted is no ground to expect anything of this one.
    await this.#ports.deleteFleet(demoId).catch((error: unknown) => {
      this.#ports.log('store failed', { what: 'delete', message: String(error) })
    })
    return account
  }
}

function ownerOf({ baseUrl, accountId }: DemoAccount) {
  return { address: baseUrl, accountId }
}
