import { openControl } from '../../main/demo/control.ts'
import type { Command } from '../../main/demo/control.ts'
import type { Fault } from '../../main/demo/faults.ts'
import type { TrueCounts } from '../../main/demo/fleet/fleet.ts'
import type { TroubleKind } from '../../main/demo/scenarios.ts'
import { startDemoServer } from '../../main/demo/server.ts'
import type { DemoOptions, DemoServer } from '../../main/demo/server.ts'
import type { ReceivedRequest } from '../../main/demo/wire/journal.ts'

/** How the account of a test or of the tour is to be; its scenario's trouble begins when it is told to. */
export type DemoChoice = Omit<DemoOptions, 'now'>

/** A demo account with the way in that the app has not: somebody outside who moves time and makes things go wrong. */
export interface DemoAccount {
  readonly baseUrl: string
  readonly accountId: string
  readonly accountName: string
  readonly watchToken: string
  readonly actToken: string
  /** Tokens of every kind, by their roles. */
  readonly tokens: DemoServer['tokens']
  /** Every request received so far, the oldest first. */
  requests(): Promise<readonly ReceivedRequest[]>
  /** How the fleet really is at this moment. */
  fleet(): Promise<TrueCounts>
  /** Somebody else switches the override at Cloudflare's dashboard. */
  switchOverride(isOn: boolean, who?: string, justification?: string): Promise<void>
  /** Lives through so many milliseconds in an instant; the clocks of account and app stay together. */
  advance(ms: number): Promise<void>
  /** Makes something go wrong on the wire; null: no longer. */
  setFault(fault: Fault | null): Promise<void>
  /** Begins a trouble: that of the scenario, or a carrier outage where it has none. */
  startOutage(kind?: TroubleKind): Promise<void>
  endOutage(): Promise<void>
  /** DEX loses sight of every device, or sees them again. */
  hideFleet(isHidden: boolean): Promise<void>
  /** Others of the watch token's person use up so many requests of the limit. */
  useUpLimit(requests: number): Promise<void>
  stop(): Promise<void>
}

/** Starts a demo account with its control, for end-to-end tests and the tour. */
export async function startDemoAccount(choice: DemoChoice = {}): Promise<DemoAccount> {
  const server = await startDemoServer(choice)
  const control = await openControl(server)
  const tell = async (command: Command): Promise<unknown> => {
    const response = await fetch(control.url, {
      method: 'POST',
      headers: { authorization: `Bearer ${control.token}`, 'content-type': 'application/json' },
      body: JSON.stringify(command),
    })
    const answer = (await response.json()) as { readonly value?: unknown; readonly error?: string }
    if (!response.ok) throw new Error(`The demo account does not do that: ${answer.error ?? response.status}`)
    return answer.value
  }
  const { scenario = 'calm' } = choice
  return {
    baseUrl: server.baseUrl,
    accountId: server.accountId,
    accountName: server.accountName,
    watchToken: server.watchToken,
    actToken: server.actToken,
    tokens: server.tokens,
    requests: async () => (await tell({ do: 'requests' })) as readonly ReceivedRequest[],
    fleet: async () => (await tell({ do: 'countTruly' })) as TrueCounts,
    async switchOverride(isOn, who, justification) {
      await tell({ do: 'switchOverride', isOn, who: who ?? null, justification: justification ?? null })
    },
    async advance(ms) {
      await tell({ do: 'advance', ms })
    },
    async setFault(fault) {
      await tell({ do: 'setFault', fault })
    },
    async startOutage(kind = scenario === 'calm' ? 'carrier-outage' : scenario) {
      await tell({ do: 'beginTrouble', kind })
    },
    async endOutage() {
      await tell({ do: 'endTroubles' })
    },
    async hideFleet(isHidden) {
      await tell({ do: 'hideFleet', isHidden })
    },
    async useUpLimit(requests) {
      await tell({ do: 'useUpLimit', role: 'watch', requests })
    },
    async stop() {
      await control.close()
      await server.close()
    },
  }
}
