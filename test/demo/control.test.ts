import { readFileSync } from 'node:fs'
import path from 'node:path'

import { describe, expect, it, onTestFinished } from 'vitest'

import { startDemoAccount, type DemoChoice } from '../../build/desk/account.ts'
import { openControl } from '../../main/demo/control.ts'
import { minuteMs, openAccount } from './open-account.ts'

async function startAccount(choice: DemoChoice = {}) {
  const account = await startDemoAccount({ devices: 200, latency: { from: 0, to: 0 }, pace: 'quick', ...choice })
  onTestFinished(() => account.stop())
  return account
}

/** Every file that an entry brings with it. */
function filesOf(entry: string, known = new Set<string>()): ReadonlySet<string> {
  if (known.has(entry)) return known
  known.add(entry)
  for (const [, target = ''] of readFileSync(entry, 'utf8').matchAll(/from '(\.[^']+)'/g)) {
    filesOf(path.resolve(path.dirname(entry), target), known)
  }
  return known
}

describe('the control of a demo account', () => {
  it('is no part of what the app brings', () => {
    const demo = path.resolve(import.meta.dirname, '../../main/demo')
    const files = filesOf(path.join(demo, 'worker.ts'))
    expect(files).toContain(path.join(demo, 'server.ts'))
    expect(files).not.toContain(path.join(demo, 'control.ts'))
    expect(filesOf(path.join(demo, 'demo.ts'))).not.toContain(path.join(demo, 'control.ts'))
  })

  it('has an address and a token of its own, and takes no other', async () => {
    const account = await openAccount()
    const control = await openControl(account)
    onTestFinished(() => control.close())
    const tell = async (token: string, command: unknown) => {
      const response = await fetch(control.url, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}` },
        body: JSON.stringify(command),
      })
      return response.status
    }
    expect(new URL(control.url).port).not.toBe(new URL(account.baseUrl).port)
    expect(await tell(account.actToken, { do: 'countTruly' })).toBe(403)
    expect(await tell(control.token, { do: 'countTruly' })).toBe(200)
    expect(await tell(control.token, { do: 'somethingElse' })).toBe(400)
  })

  it('lives through minutes in an instant', async () => {
    const account = await startAccount()
    const before = await account.fleet()
    await account.switchOverride(true)
    await account.advance(minuteMs)
    const after = await account.fleet()
    expect(before.reachable).toBeGreaterThan(50)
    expect(after.reachable).toBe(0)
  })

  it("begins the scenario's trouble and ends it", async () => {
    const account = await startAccount({ scenario: 'silent-death' })
    const before = await account.fleet()
    await account.startOutage()
    await account.advance(minuteMs)
    expect((await account.fleet()).total).toBeLessThan(before.total * 0.8)
    await account.endOutage()
    await account.advance(minuteMs)
    expect((await account.fleet()).total).toBeGreaterThan(before.total * 0.9)
  })

  it('works while the account refuses connections', async () => {
    const account = await startAccount()
    await account.setFault({ kind: 'refused' })
    await expect(fetch(account.baseUrl)).rejects.toThrow()
    await account.setFault(null)
    expect((await fetch(account.baseUrl)).status).toBe(400)
  })

  it('says what was received, by whom and what was answered, and never with what token', async () => {
    const account = await startAccount()
    await fetch(`${account.baseUrl}/accounts?per_page=5`, {
      headers: { authorization: `Bearer ${account.watchToken}` },
    })
    const [request] = await account.requests()
    expect(request).toMatchObject({
      method: 'GET',
      path: '/accounts',
      query: { per_page: ['5'] },
      body: null,
      role: 'watch',
      operation: 'accounts-list-accounts',
      status: 200,
    })
    expect(JSON.stringify(await account.requests())).not.toContain(account.watchToken)
  })

  it('lets others spend the limit, and DEX lose sight of the fleet', async () => {
    const account = await startAccount()
    const ask = (path: string) =>
      fetch(`${account.baseUrl}${path}`, { headers: { authorization: `Bearer ${account.watchToken}` } })
    await account.hideFleet(true)
    const live = await ask(`/accounts/${account.accountId}/dex/fleet-status/live?since_minutes=5`)
    expect(await live.json()).toMatchObject({ result: { deviceStats: { uniqueDevicesTotal: 0, byStatus: [] } } })
    await account.useUpLimit(1200)
    expect((await ask('/user/tokens/verify')).status).toBe(429)
  })

  it("switches in somebody else's name, and the audit log tells", async () => {
    const account = await startAccount()
    await account.switchOverride(true, 'uma.vance@larkspur-freight.example', 'Exercise')
    const query = `since=${new Date(Date.now() - minuteMs).toISOString()}&before=${new Date(Date.now() + minuteMs).toISOString()}`
    const response = await fetch(`${account.baseUrl}/accounts/${account.accountId}/logs/audit?${query}`, {
      headers: { authorization: `Bearer ${account.watchToken}` },
    })
    expect(await response.json()).toMatchObject({
      result: [
        {
          actor: { email: 'uma.vance@larkspur-freight.example', context: 'dash' },
          resource: { request: { disconnect: true, justification: 'Exercise' } },
        },
      ],
    })
  })
})
