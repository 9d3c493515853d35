import { onTestFinished } from 'vitest'

import { dashboardSwitch, switchOverride } from '../../../main/demo/account/switching.ts'
import type { DemoTokenRole } from '../../../main/demo/account/tokens.ts'
import { startDemoServer, type DemoOptions, type DemoServer } from '../../../main/demo/server.ts'
import type { ReceivedRequest } from '../../../main/demo/wire/journal.ts'
import { VirtualClock } from './virtual-clock.ts'

/** A Tuesday afternoon, when a fleet is at work. */
const start = Date.UTC(2026, 10, 24, 14)

/** An account at Cloudflare behind real HTTP, whose time is the test's. */
export interface TestAccount extends DemoServer {
  readonly clock: VirtualClock
  /** Requests so far, of one method if told. */
  received(method?: string): readonly ReceivedRequest[]
  /** A token ends so many days from now instead. */
  prolong(role: DemoTokenRole, days: number): void
  /** Somebody else switches the override at the dashboard. */
  switchedBy(email: string, isOn: boolean, justification: string | null): void
}

/** Starts an account of 60 devices, which answer at once and follow the override within half a minute. */
export async function openAccount(options: DemoOptions = {}): Promise<TestAccount> {
  const clock = new VirtualClock(start)
  const server = await startDemoServer({
    devices: 60,
    pace: 'quick',
    latency: { from: 0, to: 0 },
    othersPerMinute: 0,
    now: clock.now,
    ...options,
  })
  onTestFinished(() => server.close())
  return {
    ...server,
    clock,
    received: (method) => server.journal.requests().filter((one) => method === undefined || one.method === method),
    prolong: (role, days) => {
      const token = server.account.tokens.find((one) => one.role === role)
      Object.assign(token ?? {}, { expiresOn: clock.now() + days * 86_400_000 })
    },
    switchedBy: (email, isOn, justification) => {
      switchOverride(server.account, dashboardSwitch(email, 'f00d'.repeat(8), isOn, justification))
    },
  }
}
