import { describe, expect, it } from 'vitest'

import { shapes } from '../../main/demo/faults.ts'
import { miswrite } from '../../main/demo/wire/shapes.ts'
import { succeed } from '../../main/demo/wire/reply.ts'
import { minuteMs, openAccount } from './open-account.ts'

const path = '~/devices/resilience/disconnect'
const verify = '/user/tokens/verify'

describe('faults of the wire', () => {
  it('refuses connections, and takes them again at the same address', async () => {
    const account = await openAccount()
    await account.setFault({ kind: 'refused' })
    await expect(account.ask(verify)).rejects.toMatchObject({ cause: { code: 'ECONNREFUSED' } })
    await account.setFault(null)
    expect((await account.ask(verify)).status).toBe(200)
  })

  it('carries out a switch whose answer is lost, and none that is cut off before', async () => {
    const account = await openAccount()
    await account.setFault({ kind: 'cut', method: 'POST' })
    await expect(account.ask(path, { as: 'act', post: { disconnect: true } })).rejects.toThrow()
    expect((await account.ask(path)).body.result.disconnect).toBe(false)
    await account.setFault({ kind: 'lostReply', method: 'POST' })
    await expect(account.ask(path, { as: 'act', post: { disconnect: true } })).rejects.toThrow()
    expect((await account.ask(path)).body.result.disconnect).toBe(true)
    expect(account.journal.requests().map(({ method, status }) => [method, status])).toEqual([
      ['POST', null],
      ['GET', 200],
      ['POST', null],
      ['GET', 200],
    ])
  })

  it('sends headers and half a body, and then nothing', async () => {
    const account = await openAccount()
    await account.setFault({ kind: 'hang' })
    const aborter = new AbortController()
    const response = await fetch(account.baseUrl + verify, {
      headers: { authorization: `Bearer ${account.watchToken}` },
      signal: aborter.signal,
    })
    expect(response.status).toBe(200)
    const { value } = await response.body!.getReader().read()
    expect(value!.length).toBeLessThan(Number(response.headers.get('content-length')))
    aborter.abort()
  })

  it('fails, limits and redirects as told, for as many requests as told', async () => {
    const account = await openAccount()
    await account.setFault({ kind: 'serverError', status: 502, times: 2 })
    expect(
      [await account.ask(verify), await account.ask(verify), await account.ask(verify)].map(({ status }) => status),
    ).toEqual([502, 502, 200])
    await account.setFault({ kind: 'rateLimited', retryAfterSeconds: 7 })
    const limited = await account.ask(verify)
    expect([limited.status, limited.headers.get('retry-after')]).toEqual([429, '7'])
    await account.setFault({ kind: 'rateLimited', retryAfterSeconds: null })
    expect((await account.ask(verify)).headers.get('retry-after')).toBeNull()
    await account.setFault({ kind: 'redirect', to: 'http://127.0.0.1:9/' })
    const redirected = await account.ask(verify)
    expect([redirected.status, redirected.headers.get('location')]).toEqual([302, 'http://127.0.0.1:9/'])
  })

  it('meets only the operations and tokens that it is for', async () => {
    const account = await openAccount()
    await account.setFault({ kind: 'serverError', status: 500, operations: ['user-api-tokens-verify-token'] })
    expect((await account.ask(verify)).status).toBe(500)
    expect((await account.ask(path)).status).toBe(200)
    await account.setFault({ kind: 'forbidden', role: 'watch' })
    expect((await account.ask(path)).status).toBe(403)
    expect((await account.ask(path, { as: 'act' })).status).toBe(200)
  })

  it('lets an answer take longer', async () => {
    const account = await openAccount()
    await account.setFault({ kind: 'slow', ms: 10_000 })
    const aborter = new AbortController()
    const asked = fetch(account.baseUrl + verify, { signal: aborter.signal })
    await expect.poll(() => account.journal.requests().length).toBe(1)
    aborter.abort()
    await expect(asked).rejects.toThrow()
  })

  it.each(shapes)('writes an answer wrongly: %s', (shape) => {
    const reply = succeed({ deviceStats: { uniqueDevicesTotal: 3, byStatus: [{ value: 'connected' }] } })
    const right = JSON.stringify(reply.body)
    const { text, type } = miswrite(reply, shape)
    expect({ text, type }).not.toEqual({ text: right, type: 'application/json' })
  })

  it('writes null in place of every group', async () => {
    const account = await openAccount()
    await account.setFault({ kind: 'shape', shape: 'nullGroups' })
    const { body } = await account.ask('~/dex/fleet-status/live?since_minutes=5')
    expect(body.result.deviceStats).toMatchObject({ byStatus: null, byColo: null })
    expect(body.result.deviceStats.uniqueDevicesTotal).toBeGreaterThan(0)
  })
})

describe('troubles of the account', () => {
  it('fails in several ways while the API is down, and comes back', async () => {
    const account = await openAccount({ scenario: 'api-down', beginsAfterMs: minuteMs })
    expect((await account.ask(verify)).status).toBe(200)
    account.pass(minuteMs)
    expect((await account.ask(verify)).status).toBe(503)
    expect((await account.ask(verify)).status).toBe(502)
    await expect(account.ask(verify)).rejects.toThrow()
    account.pass(8 * minuteMs)
    expect((await account.ask(verify)).status).toBe(200)
  })

  it("blocks the person's tokens while limited, with the time that is left, and not those of the account", async () => {
    const account = await openAccount({ scenario: 'rate-limited', beginsAfterMs: 0 })
    account.pass(minuteMs)
    const limited = await account.ask(verify)
    expect([limited.status, limited.headers.get('retry-after')]).toEqual([429, '240'])
    expect((await account.ask(path, { as: 'act' })).status).toBe(200)
    account.pass(4 * minuteMs)
    expect((await account.ask(verify)).status).toBe(200)
  })

  it('begins when it is told to, and ends when it is told to', async () => {
    const account = await openAccount({ scenario: 'api-down' })
    expect((await account.ask(verify)).status).toBe(200)
    account.account.begin('api-down')
    expect((await account.ask(verify)).status).toBe(503)
    account.account.endTroubles()
    expect((await account.ask(verify)).status).toBe(200)
  })
})
