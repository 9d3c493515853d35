import { describe, expect, it, onTestFinished } from 'vitest'

import { startDemo } from '../../main/demo/demo.ts'
import { operations } from '../../main/demo/operations.ts'
import { scenarioNames } from '../../main/demo/scenarios.ts'
import { startDemoServer } from '../../main/demo/server.ts'
import { openAccount, tuesday } from './open-account.ts'

const workerUrl = new URL('../../main/demo/worker.ts', import.meta.url)

describe("the app's own demo account", () => {
  it('runs in a thread of its own and is gone when closed', async () => {
    const demo = await startDemo({ workerUrl, devices: 20, scenario: 'calm', seed: 7 })
    const ask = () =>
      fetch(`${demo.baseUrl}/accounts/${demo.accountId}/dex/fleet-status/live?since_minutes=5`, {
        headers: { authorization: `Bearer ${demo.watchToken}` },
      })
    const answer = await ask()
    expect(answer.status).toBe(200)
    expect(new URL(demo.baseUrl).hostname).toBe('127.0.0.1')
    await demo.close()
    await expect(ask()).rejects.toThrow()
  })

  it('says why it does not start', async () => {
    const started = startDemo({ workerUrl, devices: 3, scenario: 'calm', seed: 7 })
    await expect(started).rejects.toThrow('A demo fleet has 20 to 10000 devices')
  })

  it('has new tokens at each start, and the same account for the same seed', async () => {
    const [one, other, third] = [await openAccount(), await openAccount(), await openAccount({ seed: 8 })]
    expect(one.accountId).toBe(other.accountId)
    expect(third.accountId).not.toBe(one.accountId)
    const secrets = [one, other].flatMap(({ tokens }) => Object.values(tokens))
    expect(new Set(secrets).size).toBe(secrets.length)
    for (const secret of secrets) expect(secret).toMatch(/^[\w-]{40}$/)
  })

  it.each(scenarioNames)('starts in every scenario: %s', async (scenario) => {
    const server = await startDemoServer({ devices: 20, scenario, beginsAfterMs: 90_000 })
    onTestFinished(() => server.close())
    expect(server.account.troubles.map(({ kind }) => kind)).toEqual(scenario === 'calm' ? [] : [scenario])
  })

  it('serves its largest fleet', async () => {
    const account = await openAccount({ devices: 10_000 })
    const week = `from=${tuesday - 7 * 86_400_000}&to=${tuesday}`
    const live = await account.ask('~/dex/fleet-status/live?since_minutes=60')
    const history = await account.ask(`~/dex/fleet-status/over-time?${week}`)
    expect(live.body.result.deviceStats.uniqueDevicesTotal).toBeGreaterThan(5000)
    expect(history.body.result.deviceStats.uniqueDevicesTotal).toBeGreaterThan(9000)
    // What is pushed and kept of a week must stay small.
    expect(history.text.length).toBeLessThan(256 * 1024)
  })
})

describe('every operation', () => {
  it.each(operations.map((one) => [`${one.method} ${one.path}`, one] as const))(
    'answers its examples: %s',
    async (_, one) => {
      const account = await openAccount()
      const facts = { now: tuesday, deviceId: account.account.devices[0]!.id }
      for (const { as = 'watch', query, body } of one.examples(facts)) {
        const parameters = new URLSearchParams(
          Object.entries(query).flatMap(([name, values]) => values.map((value) => [name, value])),
        )
        const path = one.path.replace('/accounts/{account_id}', '~')
        const answer = await account.ask(`${path}?${parameters.toString()}`, { as, post: body })
        expect(answer.status).toBe(200)
        expect(answer.body).toMatchObject({ success: true, errors: [] })
        expect(answer.body.result).toBeTruthy()
      }
    },
  )
})
