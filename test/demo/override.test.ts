import { describe, expect, it } from 'vitest'

import { countOf, hourMs, minuteMs, openAccount, tuesday } from './open-account.ts'
import type { OpenAccount } from './open-account.ts'

const path = '~/devices/resilience/disconnect'
const live = '~/dex/fleet-status/live?since_minutes=1'

const connected = async (account: OpenAccount) =>
  countOf((await account.ask(live)).body.result.deviceStats.byStatus, 'connected')
const switches = async (account: OpenAccount) =>
  (
    await account.ask(
      `~/logs/audit?since=${new Date(tuesday - hourMs).toISOString()}&before=2026-12-01&raw_method=POST&raw_uri=/accounts/${account.accountId}/devices/resilience/disconnect`,
    )
  ).body.result

describe('the override of the account', () => {
  it('is off at first, and says since when', async () => {
    const account = await openAccount()
    const { body } = await account.ask(path)
    expect(body.result).toEqual({ disconnect: false, timestamp: '2026-11-12T14:00:00.000Z' })
  })

  it('answers a switch with its new state, and moves its timestamp with each change only', async () => {
    const account = await openAccount()
    account.pass(1000)
    const on = await account.ask(path, { as: 'act', post: { disconnect: true } })
    expect(on.body.result).toEqual({ disconnect: true, timestamp: '2026-11-24T14:00:01.000Z' })
    account.pass(1000)
    const again = await account.ask(path, { as: 'act', post: { disconnect: true } })
    expect(again.body.result).toEqual(on.body.result)
    const off = await account.ask(path, { as: 'act', post: { disconnect: false } })
    expect(off.body.result).toEqual({ disconnect: false, timestamp: '2026-11-24T14:00:02.000Z' })
    expect((await account.ask(path)).body).toEqual(off.body)
  })

  it('is followed by the live counts, and let go by them', async () => {
    const account = await openAccount({ pace: 'quick', devices: 500 })
    const before = await connected(account)
    await account.ask(path, { as: 'act', post: { disconnect: true } })
    account.pass(10_000)
    const meanwhile = await connected(account)
    account.pass(20_000)
    const after = await connected(account)
    expect(meanwhile).toBeLessThan(before)
    expect(after).toBeLessThan(meanwhile)
    expect(after).toBeLessThan(before / 3)
    expect(after).toBeGreaterThan(0)
    await account.ask(path, { as: 'act', post: { disconnect: false } })
    account.pass(30_000)
    expect(await connected(account)).toBeGreaterThan(before * 0.95)
  })

  it('leaves phones connected', async () => {
    const account = await openAccount({ pace: 'quick', devices: 500 })
    await account.ask(path, { as: 'act', post: { disconnect: true } })
    account.pass(2 * minuteMs)
    const query = `from=${new Date(tuesday).toISOString()}&to=${new Date(tuesday + 2 * minuteMs).toISOString()}`
    const { body } = await account.ask(`~/dex/fleet-status/devices?${query}&page=1&per_page=50&status=connected`)
    const platforms = new Set(body.result.map(({ platform }) => platform))
    expect(platforms).toContain('ios')
    expect(platforms).toContain('android')
    for (const row of body.result.filter(({ platform }) => platform === 'windows' || platform === 'mac')) {
      expect(row.version).toBe('2024.12.554.0')
    }
  })

  it('writes down who switched, with what token and why', async () => {
    const account = await openAccount()
    await account.ask(path, { as: 'act', post: { disconnect: true, justification: 'The carrier is down' } })
    const [entry] = await switches(account)
    expect(entry).toMatchObject({
      action: { result: 'success', time: '2026-11-24T14:00:00.000Z', type: 'create' },
      actor: { type: 'account', context: 'api_token', token_name: 'fleetlight act' },
      raw: { method: 'POST', status_code: 200, uri: `/accounts/${account.accountId}/devices/resilience/disconnect` },
      resource: { request: { disconnect: true, justification: 'The carrier is down' } },
      account: { id: account.accountId, name: account.accountName },
    })
    expect(Object.keys(entry?.account as object)).toEqual(['id', 'name'])
  })

  it('writes down refused attempts as failures', async () => {
    const account = await openAccount()
    await account.ask(path, { as: 'watch', post: { disconnect: true } })
    expect(await switches(account)).toMatchObject([
      { action: { result: 'failure' }, raw: { status_code: 403 }, actor: { type: 'user' } },
    ])
  })
})

describe('the audit log', () => {
  it('remembers an exercise and other changes from before', async () => {
    const account = await openAccount()
    const all = async (more = '') =>
      (await account.ask(`~/logs/audit?since=2026-11-01&before=2026-12-01${more}`)).body.result
    expect(await all()).toHaveLength(5)
    expect(await all('&raw_method=POST')).toHaveLength(2)
    expect(await all('&raw_method.not=POST')).toHaveLength(3)
    expect(await all('&raw_method=POST&raw_method=PATCH')).toHaveLength(5)
    expect(await all('&resource_type=device_settings&actor_context=dash')).toHaveLength(1)
    expect(await all('&zone_name=example.com')).toHaveLength(0)
  })

  it('gives the newest first, or the oldest if asked', async () => {
    const account = await openAccount()
    const times = async (direction: string) =>
      (await account.ask(`~/logs/audit?since=2026-11-01&before=2026-12-01&direction=${direction}`)).body.result.map(
        ({ action }) => (action as { time: string }).time,
      )
    const [newest, oldest] = [await times('desc'), await times('asc')]
    expect(newest).toEqual([...oldest].reverse())
    expect(oldest).toEqual([...oldest].sort())
  })

  it('takes dates and moments, the later one exclusive', async () => {
    const account = await openAccount()
    const count = async (since: string, before: string) =>
      (await account.ask(`~/logs/audit?since=${since}&before=${before}`)).body.result.length
    expect(await count('2026-11-12', '2026-11-13')).toBe(2)
    expect(await count('2026-11-12T13:46:00Z', '2026-11-12T14:00:00Z')).toBe(1)
    expect(await count('2026-11-12T14:00:00.000Z', '2026-11-12T14:00:01Z')).toBe(1)
  })
})
