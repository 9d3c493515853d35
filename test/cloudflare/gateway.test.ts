import { expect, test } from 'vitest'

import { accountId, ask, disconnect, gatewayTo, now, outcomeOf, readOverride, tokens } from './asking.ts'
import { serve } from './server.ts'
import { answered, json, overrideOff, unknownToken } from './situations.ts'

const hour = 3_600_000

test('reads the override', async () => {
  const { origin, received } = await serve(overrideOff)
  expect(await outcomeOf(gatewayTo(origin), readOverride)).toEqual({ value: 'off', timestamp: '2026-03-01T09:00:00Z' })
  expect(received).toMatchObject([
    { method: 'GET', url: `/client/v4/accounts/${accountId}/devices/resilience/disconnect`, body: '' },
  ])
})

test('switches the override with one POST that carries its justification', async () => {
  const { origin, received } = await serve(answered({ disconnect: true, timestamp: '2026-03-01T09:00:01Z' }))
  expect(await outcomeOf(gatewayTo(origin), disconnect)).toEqual({ value: 'on', timestamp: '2026-03-01T09:00:01Z' })
  expect(received).toHaveLength(1)
  expect(received[0]).toMatchObject({
    method: 'POST',
    url: `/client/v4/accounts/${accountId}/devices/resilience/disconnect`,
    headers: { 'content-type': 'application/json' },
  })
  expect(JSON.parse(received[0]!.body)).toEqual({
    disconnect: true,
    justification: 'fleetlight/1 id=0 revert=hand inc=- | DNS is down',
  })
})

test('reads the fleet over the window that was asked for', async () => {
  const stats = { uniqueDevicesTotal: 3, byStatus: [{ value: 'connected', uniqueDevicesTotal: 3 }] }
  const { origin, received } = await serve(answered({ deviceStats: stats }))
  expect(await outcomeOf(gatewayTo(origin), { kind: 'readFleet', sinceMinutes: 7 })).toEqual({
    summary: {
      total: 3,
      by: { status: [{ value: 'connected', count: 3 }], mode: null, platform: null, colo: null, version: null },
    },
    skipped: [],
  })
  expect(received[0]!.url).toBe(`/client/v4/accounts/${accountId}/dex/fleet-status/live?since_minutes=7`)
})

test('reads the history between two moments', async () => {
  const byStatus = [{ timestamp: '2026-03-01 08:00:00+00', value: 'connected', uniqueDevicesTotal: 3 }]
  const { origin, received } = await serve(answered({ deviceStats: { uniqueDevicesTotal: 3, byStatus } }))
  const request = { kind: 'readHistory', from: now - hour, to: now } as const
  expect(await outcomeOf(gatewayTo(origin), request)).toEqual({
    points: [{ at: now - hour, dimension: 'status', value: 'connected', count: 3 }],
    skipped: [],
  })
  const { pathname, searchParams } = new URL(received[0]!.url, origin)
  expect(pathname).toBe(`/client/v4/accounts/${accountId}/dex/fleet-status/over-time`)
  expect(Object.fromEntries(searchParams)).toEqual({ from: '2026-03-01T08:00:00.000Z', to: '2026-03-01T09:00:00.000Z' })
})

test('sends the headers that it means to, and no others of its own', async () => {
  const { origin, received } = await serve(overrideOff)
  await ask(gatewayTo(origin), readOverride)
  expect(received[0]!.headers).toMatchObject({
    authorization: `Bearer ${tokens.watch}`,
    accept: 'application/json',
    'api-version': '2026-10-02',
    'user-agent': 'Fleetlight',
  })
  expect(Object.keys(received[0]!.headers).filter((name) => /stainless|cookie|x-auth/.test(name))).toEqual([])
})

test('sends each call with the token of its role, asked for anew each time', async () => {
  const { origin, received } = await serve(overrideOff)
  let asked = 0
  const token = (role: 'watch' | 'act') => Promise.resolve({ ok: true, value: `${role}-${++asked}` } as const)
  const api = gatewayTo(origin, { token })
  await ask(api, readOverride, 'watch')
  await ask(api, readOverride, 'act')
  await ask(api, readOverride, 'act')
  expect(received.map(({ headers }) => headers.authorization)).toEqual([
    'Bearer watch-1',
    'Bearer act-2',
    'Bearer act-3',
  ])
})

test('without a token nothing is sent', async () => {
  const { origin, received } = await serve(overrideOff)
  const failure = { kind: 'noToken', detail: 'The keychain is locked' } as const
  const api = gatewayTo(origin, { token: () => Promise.resolve({ ok: false, failure }) })
  expect(await outcomeOf(api, disconnect)).toEqual(failure)
  expect(received).toEqual([])
})

test.each(['', 'two words', 'line\r\nx-injected: 1', 'ünïcode', 'x'.repeat(513)])(
  'what is no token (%j) is not sent',
  async (secret) => {
    const { origin, received } = await serve(overrideOff)
    const api = gatewayTo(origin, { token: () => Promise.resolve({ ok: true, value: secret }) })
    expect(await outcomeOf(api, readOverride)).toMatchObject({ kind: 'unauthorized' })
    expect(received).toEqual([])
  },
)

test.each(['..', '../../user', 'a/b', '', 'x'.repeat(65)])('what is no account id (%j) is not sent', async (id) => {
  const { origin, received } = await serve(overrideOff)
  expect(await outcomeOf(gatewayTo(origin, { accountId: id }), readOverride)).toMatchObject({ kind: 'rejected' })
  expect(received).toEqual([])
})

test('an address is the same with a slash at its end', async () => {
  const { origin, received } = await serve(overrideOff)
  await ask(gatewayTo(origin, { baseUrl: `${origin.toUpperCase()}/client/v4//` }), readOverride)
  expect(received[0]!.url).toBe(`/client/v4/accounts/${accountId}/devices/resilience/disconnect`)
})

test('tells what the headers say of limits and of the time, of refusals too', async () => {
  const headers = {
    date: 'Sun, 01 Mar 2026 09:00:05 GMT',
    ratelimit: '"default";r=50;t=30',
    'ratelimit-policy': '"default";q=1200;w=300, "burst";q=100;w=60',
  }
  const { origin } = await serve(json(500, {}, headers))
  expect(await ask(gatewayTo(origin), readOverride)).toMatchObject({
    result: { ok: false },
    serverDate: now + 5000,
    limits: [
      { policy: 'default', quota: 1200, windowSeconds: 300, remaining: 50, resetSeconds: 30 },
      { policy: 'burst', quota: 100, windowSeconds: 60, remaining: null, resetSeconds: null },
    ],
  })
})

test('verifies an account token where accounts verify, and asks there first from then on', async () => {
  const verdict = { id: 'ed17574386854bf78a67040be0a770b0', status: 'active' }
  const { origin, received } = await serve(unknownToken, answered(verdict))
  const api = gatewayTo(origin)
  const answer = { tokenId: verdict.id, status: 'active', expiresOn: null, owner: 'account' }
  expect(await outcomeOf(api, { kind: 'verifyToken' })).toEqual(answer)
  expect(await outcomeOf(api, { kind: 'verifyToken' })).toEqual(answer)
  const atAccount = `/client/v4/accounts/${accountId}/tokens/verify`
  expect(received.map(({ url }) => url)).toEqual(['/client/v4/user/tokens/verify', atAccount, atAccount])
})

test('a token that neither place knows is unauthorized, whatever the statuses were', async () => {
  const { origin } = await serve(json(403, { success: false, errors: [{ message: 'Forbidden' }] }), unknownToken)
  expect(await outcomeOf(gatewayTo(origin), { kind: 'verifyToken' })).toEqual({
    kind: 'unauthorized',
    detail: 'Forbidden',
  })
})

test('a second place that does not answer leaves the verdict open', async () => {
  const { origin } = await serve(unknownToken, json(503, {}))
  expect(await outcomeOf(gatewayTo(origin), { kind: 'verifyToken' })).toMatchObject({ kind: 'server', status: 503 })
})

test('an end of validity that cannot be read does not pass for "never"', async () => {
  const { origin } = await serve(answered({ id: 'a', status: 'active', expires_on: 'soon' }))
  expect(await outcomeOf(gatewayTo(origin), { kind: 'verifyToken' })).toMatchObject({
    kind: 'badShape',
    path: 'result.expires_on',
  })
})
