import { once } from 'node:events'
import { createServer } from 'node:http'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'

import type { EpochMs } from '../engine/failure.ts'
import { Account } from './account/account.ts'
import { Limits } from './account/limits.ts'
import { makeSecret } from './account/tokens.ts'
import type { DemoTokenRole } from './account/tokens.ts'
import { AccountClock } from './clock.ts'
import type { Fault } from './faults.ts'
import type { Pace } from './fleet/convergence.ts'
import type { ScenarioName } from './scenarios.ts'
import { chooseSwitches } from './switches.ts'
import type { Switches } from './switches.ts'
import { Journal } from './wire/journal.ts'
import { basePath } from './wire/routes.ts'
import { Service } from './wire/service.ts'
import type { Latency } from './wire/service.ts'

/** How a demo account is to be. */
export interface DemoOptions {
  /** 20 to 10,000; 500 if not told. */
  readonly devices?: number
  /** 'calm' if not told. */
  readonly scenario?: ScenarioName
  /** The same seed makes the same fleet; 7 if not told. */
  readonly seed?: number
  /** How long after the start the scenario's trouble begins, in milliseconds; null, or not told: when it is told to. */
  readonly beginsAfterMs?: number | null
  /** How fast the fleet follows the override; 'realistic' if not told. */
  readonly pace?: Pace
  /** What is to be otherwise than plain. */
  readonly switches?: Partial<Switches>
  /** How long answers take; 30 to 120 ms if not told. */
  readonly latency?: Latency
  /** Requests a minute of others that use the same person's limit; 24 if not told. */
  readonly othersPerMinute?: number
  /** What the token that expires has left; 2.5 days if not told. */
  readonly expiringInDays?: number
  /** How many accounts a person's tokens see besides this one; none if not told. */
  readonly otherAccounts?: number
  /** The clock; the system's if not told. */
  readonly now?: () => EpochMs
}

/** A running demo account. */
export interface DemoServer {
  /** As Cloudflare's: what paths are put behind. */
  readonly baseUrl: string
  readonly accountId: string
  readonly accountName: string
  readonly watchToken: string
  readonly actToken: string
  /** Every token that it knows, and `unknown`: one in the right form that it does not. */
  readonly tokens: Readonly<Record<DemoTokenRole | 'unknown', string>>
  readonly account: Account
  readonly journal: Journal
  readonly limits: Limits
  /** Makes something go wrong on the wire, or no longer. */
  setFault(fault: Fault | null): Promise<void>
  close(): Promise<void>
}

const fewestDevices = 20
const mostDevices = 10_000

/** Starts a demo account on a free port of 127.0.0.1. Its tokens are new each time. */
export async function startDemoServer(options: DemoOptions = {}): Promise<DemoServer> {
  const { devices = 500, seed = 7 } = options
  if (!Number.isInteger(devices) || devices < fewestDevices || devices > mostDevices) {
    throw new RangeError(`A demo fleet has ${fewestDevices} to ${mostDevices} devices`)
  }
  const account = new Account(
    {
      devices,
      seed,
      scenario: options.scenario ?? 'calm',
      beginsAfterMs: options.beginsAfterMs ?? null,
      pace: options.pace ?? 'realistic',
      switches: chooseSwitches(options.switches),
      expiringInDays: options.expiringInDays ?? 2.5,
      otherAccounts: options.otherAccounts ?? 0,
    },
    new AccountClock(options.now ?? Date.now),
  )
  const limits = new Limits(seed, options.othersPerMinute ?? 24)
  const journal = new Journal()
  const service = new Service(account, limits, journal, options.latency ?? { from: 30, to: 120 })
  const server = createServer((request, response) => {
    service.handle(request, response).catch(() => response.destroy())
  })
  await listen(server, 0)
  const { port } = server.address() as AddressInfo
  const secrets = Object.fromEntries(account.tokens.map(({ role, secret }) => [role, secret]))
  const tokens = { ...(secrets as Record<DemoTokenRole, string>), unknown: makeSecret() }

  return {
    baseUrl: `http://127.0.0.1:${port}${basePath}`,
    accountId: account.id,
    accountName: account.name,
    watchToken: tokens.watch,
    actToken: tokens.act,
    tokens,
    account,
    journal,
    limits,
    async setFault(fault) {
      service.faults.set(fault?.kind === 'refused' ? null : fault)
      if (fault?.kind === 'refused') await stopListening(server)
      else if (!server.listening) await listen(server, port)
    },
    close: () => stopListening(server),
  }
}

async function listen(server: Server, port: number): Promise<void> {
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
}

async function stopListening(server: Server): Promise<void> {
  if (!server.listening) return
  const closed = once(server, 'close')
  server.close()
  server.closeAllConnections()
  await closed
}
