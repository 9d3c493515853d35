import { expect, onTestFinished, test, vi } from 'vitest'

import { accountId, ask, disconnect, gatewayTo, now, outcomeOf, readOverride, tokens } from './asking.ts'
import { deserted, serve } from './server.ts'
import type { Situation } from './server.ts'
import * as situations from './situations.ts'

const deadlineMs = 200
const short = { maxBytes: 1_000_000, deadlineMs: 5000 }

const whole: readonly (readonly [string, Situation, object])[] = [
  ['a missing permission', situations.missingPermission, { kind: 'forbidden', detail: '10000 Authentication error' }],
  ['another account', situations.wrongAccount, { kind: 'forbidden' }],
  ['an unknown token', situations.unknownToken, { kind: 'unauthorized', detail: '1000 Invalid API Token' }],
  ['a malformed token', situations.malformedToken, { kind: 'unauthorized' }],
  ['a limit', situations.tooManyRequests, { kind: 'rateLimited', until: now + 120_000 }],
  ['a conflict', situations.refused(409, 1, 'Conflict'), { kind: 'rejected', status: 409, detail: '1 Conflict' }],
  [
    'an error without a code',
    situations.refused(400, undefined, 'No'),
    { kind: 'rejected', status: 400, detail: 'No' },
  ],
  ['a wait in vain', situations.json(408, {}), { kind: 'timeout', detail: 'HTTP 408' }],
  ['a failure', situations.json(500, {}), { kind: 'server', status: 500, detail: 'HTTP 500' }],
  ['a gateway failure as a page', situations.html(502), { kind: 'server', status: 502 }],
  ['a block as a page', situations.html(403), { kind: 'rejected', status: 403, detail: 'HTTP 403' }],
  ['an odd status', situations.json(999, {}), { kind: 'server', status: 999 }],
  ['a page', situations.html(200), { kind: 'badShape', path: 'content-type' }],
  ['malformed JSON', situations.malformedJson, { kind: 'badShape', path: 'body' }],
  ['an empty body', situations.emptyBody, { kind: 'badShape', path: 'body' }],
  ['no content', situations.noContent, { kind: 'badShape', path: 'body' }],
  ['a list', situations.json(200, []), { kind: 'badShape' }],
  ['a number', situations.json(200, 7), { kind: 'badShape', path: 'body' }],
  ['an envelope without success', situations.json(200, { result: {} }), { kind: 'badShape', path: 'success' }],
  ['a success that is a word', situations.json(200, { success: 'yes' }), { kind: 'badShape', path: 'success' }],
  [
    'a refusal with status 200',
    situations.refused(200, 2003, 'Bad'),
    { kind: 'rejected', status: 200, detail: '2003 Bad' },
  ],
  ['a missing permission with status 200', situations.refused(200, 9109, ''), { kind: 'forbidden' }],
  ['a malformed token with status 200', situations.refused(200, 6003, ''), { kind: 'unauthorized' }],
  ['errors that are no list', situations.json(400, { success: false, errors: 'x' }), { kind: 'rejected' }],
  ['errors that are no objects', situations.json(400, { success: false, errors: [7, null] }), { kind: 'rejected' }],
  ['a body that never ends', situations.endless, { kind: 'badShape', path: 'body' }],
  ['a body that unpacks to too much', situations.packed, { kind: 'badShape', path: 'body' }],
  ['a body announced as too long', situations.declaredTooLong, { kind: 'badShape', path: 'body' }],
  ['an override that is a word', situations.override('true'), { kind: 'badShape', path: 'result.disconnect' }],
  ['an override that is a list', situations.answered([]), { kind: 'badShape', path: 'result' }],
  ['a bare object without an override', situations.json(200, {}), { kind: 'badShape', path: 'result.disconnect' }],
]

test.each(whole)('%s is told as what it is, to a reading and to a switch', async (_, situation, failure) => {
  for (const request of [readOverride, disconnect]) {
    const { origin, received } = await serve(situation)
    expect(await outcomeOf(gatewayTo(origin, short), request)).toMatchObject(failure)
    expect(received).toHaveLength(1)
  }
})

test('a refusal names the permission group that the request needs', async () => {
  const { origin } = await serve(situations.missingPermission)
  const api = gatewayTo(origin)
  const range = { since: now - 1, before: now }
  expect(await outcomeOf(api, disconnect)).toMatchObject({ scope: 'Zero Trust Resilience Write' })
  expect(await outcomeOf(api, readOverride)).toMatchObject({ scope: 'Zero Trust Read' })
  expect(await outcomeOf(api, { kind: 'readOverrideAudit', ...range })).toMatchObject({
    scope: 'Account Settings Read',
  })
})

const broken: readonly (readonly [string, Situation])[] = [
  ['cut before an answer', situations.cutBeforeAnswer],
  ['reset before an answer', situations.resetBeforeAnswer],
  ['cut in the body', situations.cutInBody(200)],
  ['answering in another protocol', situations.gibberish],
]

test.each(broken)('a connection %s leaves open whether a switch was carried out', async (_, situation) => {
  const { origin } = await serve(situation)
  expect(await outcomeOf(gatewayTo(origin), readOverride)).toMatchObject({ kind: 'offline' })
  expect(await outcomeOf(gatewayTo(origin), disconnect)).toMatchObject({
    kind: 'timeout',
    detail: expect.stringContaining('whether Cloudflare carried it out is not known') as unknown,
  })
})

test('a refused connection cannot have carried out anything', async () => {
  const api = gatewayTo(await deserted())
  expect(await outcomeOf(api, disconnect)).toMatchObject({ kind: 'offline' })
  expect(await outcomeOf(api, readOverride)).toMatchObject({ kind: 'offline' })
})

test('a name that does not resolve is offline', async () => {
  expect(await outcomeOf(gatewayTo('http://fleetlight.invalid'), disconnect)).toMatchObject({ kind: 'offline' })
})

test.each([
  ['the headers', situations.silence],
  ['the body', situations.stalledBody(200)],
])('the deadline covers %s, and the connection is given up', async (_, situation) => {
  for (const request of [readOverride, disconnect]) {
    const { origin, cutByClient } = await serve(situation)
    expect(await outcomeOf(gatewayTo(origin, { deadlineMs }), request)).toMatchObject({ kind: 'timeout' })
    await cutByClient
  }
})

test('one deadline covers all requests of a call', async () => {
  const { origin, received } = await serve(situations.unknownToken, situations.silence)
  expect(await outcomeOf(gatewayTo(origin, { deadlineMs }), { kind: 'verifyToken' })).toMatchObject({ kind: 'timeout' })
  expect(received).toHaveLength(2)
})

test.each([
  ['fetch', () => new Promise<Response>(() => undefined)],
  ['body', () => Promise.resolve(new Response(new ReadableStream()))],
])('a %s that does not listen to its signal is left waiting', async (_, fetch) => {
  const api = gatewayTo('http://127.0.0.1:9', { deadlineMs, fetch })
  expect(await outcomeOf(api, readOverride)).toMatchObject({ kind: 'timeout' })
})

test('a body that is too long frees its connection at once', async () => {
  for (const situation of [situations.endless, situations.declaredTooLong]) {
    const { origin, cutByClient } = await serve(situation)
    await ask(gatewayTo(origin, { ...short, deadlineMs: 600_000 }), readOverride)
    await cutByClient
  }
})

test('no timer outlives its call', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  onTestFinished(() => {
    vi.useRealTimers()
  })
  const fetch = () => Promise.resolve(Response.json({ success: true, result: null }))
  const { result } = await ask(gatewayTo('http://127.0.0.1:9', { fetch }), readOverride)
  expect(result.ok).toBe(true)
  expect(vi.getTimerCount()).toBe(0)
})

test.each([
  ['a limit', situations.stalledBody(429, { 'retry-after': '60' }), { kind: 'rateLimited', until: now + 60_000 }],
  ['a failure', situations.cutInBody(503), { kind: 'server', status: 503 }],
  ['an unknown token', situations.cutInBody(401), { kind: 'unauthorized' }],
])('%s is told by its status, even when the body never comes', async (_, situation, failure) => {
  const { origin } = await serve(situation)
  expect(await outcomeOf(gatewayTo(origin, { deadlineMs }), readOverride)).toMatchObject(failure)
})

test('closing ends what is open: a reading as offline, a switch as unknown', async () => {
  for (const [request, kind] of [
    [readOverride, 'offline'],
    [disconnect, 'timeout'],
  ] as const) {
    let arrived: () => void = () => undefined
    const waiting = new Promise<void>((resolve) => (arrived = resolve))
    const { origin } = await serve(() => {
      arrived()
    })
    const api = gatewayTo(origin)
    const outcome = outcomeOf(api, request)
    await waiting
    api.close()
    expect(await outcome).toMatchObject({ kind })
  }
})

test('after closing nothing is sent', async () => {
  const { origin, received } = await serve(situations.overrideOff)
  const api = gatewayTo(origin)
  const before = ask(api, readOverride)
  api.close()
  expect((await before).result).toMatchObject({ ok: false, failure: { kind: 'offline' } })
  expect(await outcomeOf(api, disconnect)).toMatchObject({ kind: 'offline' })
  expect(received).toEqual([])
})

test.each([301, 302, 303, 307, 308])(
  'a redirect (%i) ends as a failure and the token goes nowhere else',
  async (status) => {
    const elsewhere = await serve(situations.overrideOff)
    const { origin, received } = await serve(situations.redirect(status, `${elsewhere.origin}/client/v4`))
    for (const request of [readOverride, disconnect]) {
      expect(await outcomeOf(gatewayTo(origin), request)).toMatchObject({ kind: 'badShape', path: 'status' })
    }
    const home = await serve(situations.redirect(status, '/client/v4/user'))
    expect(await outcomeOf(gatewayTo(home.origin), readOverride)).toMatchObject({ kind: 'badShape', path: 'status' })
    expect(elsewhere.received).toEqual([])
    expect([received.length, home.received.length]).toEqual([2, 1])
  },
)

test('a detail is one short line without the token and without what could deceive a reader', async () => {
  const message = `Token ${tokens.watch} is bad\u202e\r\n\u0007${'very '.repeat(100)}`
  const { origin } = await serve(situations.refused(400, 7003, message))
  const { result } = await ask(gatewayTo(origin), readOverride)
  const detail = result.ok ? '' : result.failure.detail
  expect(detail).toMatch(/^7003 Token ••• is bad very very/)
  expect(detail).not.toContain(tokens.watch)
  // eslint-disable-next-line no-control-regex -- they are what must not be there
  expect(detail).not.toMatch(/[\u0000-\u001f\u202e]/)
  expect(detail.length).toBeLessThanOrEqual(200)
})

test('an error that a fetch itself words is cleaned of the token too', async () => {
  const fetch = () => Promise.reject(new Error(`net::ERR_FAILED ${tokens.watch} at ${accountId}`))
  const { result } = await ask(gatewayTo('http://127.0.0.1:9', { fetch }), readOverride)
  expect(result).toEqual({ ok: false, failure: { kind: 'offline', detail: `net::ERR_FAILED ••• at ${accountId}` } })
})

test('headers that mean to harm are left out, and the answer stands', async () => {
  const hostile = {
    ratelimit: `"${'a'.repeat(3000)}";r=1, ;;;=,"x";r=-1;t=1e9;r=9999999999999, ${'\t ;'.repeat(300)}`,
    'ratelimit-policy': '"q";q=one;w=',
    date: 'yesterday',
    'retry-after': '-5',
    'content-type': 'application/json; charset=utf-8',
  }
  const { origin } = await serve(situations.answered({ disconnect: true }, undefined, hostile))
  expect(await ask(gatewayTo(origin), readOverride)).toEqual({
    result: { ok: true, value: { kind: 'readOverride', value: { value: 'on', timestamp: null } } },
    limits: [],
    serverDate: null,
  })
})
