import { expect, test } from 'vitest'

import { accountId, gatewayTo, now, outcomeOf } from './asking.ts'
import { serve } from './server.ts'
import { answered, missingPermission } from './situations.ts'

const path = `/accounts/${accountId}/devices/resilience/disconnect`
const day = 86_400_000
const request = { kind: 'readOverrideAudit', since: now - day, before: now } as const

interface Line {
  readonly id?: unknown
  readonly time?: unknown
  readonly result?: string
  readonly method?: string
  readonly uri?: string
  readonly status?: number
  readonly actor?: unknown
  readonly resource?: unknown
}

/** A line of the audit log, version 2, as Cloudflare's schema has it. */
function line({ id = 'a', time = '2026-03-01T08:00:00Z', result = 'success', method = 'POST', ...more }: Line = {}) {
  return {
    id,
    account: { id: accountId, name: 'Example' },
    action: { type: 'create', result, time, description: 'Create' },
    actor: more.actor ?? { email: 'kim@example.com', type: 'user', context: 'api_token', token_name: 'on-call' },
    raw: { method, uri: more.uri ?? `/client/v4${path}`, status_code: more.status ?? 200, cf_ray_id: '9' },
    resource: more.resource ?? { product: 'zero_trust', request: { disconnect: true, justification: 'DNS is down' } },
  }
}

async function read(...lines: unknown[]) {
  const { origin } = await serve(answered(lines, { cursor: '', count: String(lines.length) }))
  return outcomeOf(gatewayTo(origin), request)
}

test('tells who switched the override, from where, which way and why', async () => {
  expect(await read(line())).toEqual({
    entries: [
      {
        id: 'a',
        at: now - 3_600_000,
        actor: 'kim@example.com',
        via: 'api_token on-call',
        direction: 'disconnect',
        justification: 'DNS is down',
      },
    ],
    skipped: [],
  })
})

test('asks for the switches of this account only, newest first', async () => {
  const { origin, received } = await serve(answered([]))
  await outcomeOf(gatewayTo(origin), request)
  const { pathname, searchParams } = new URL(received[0]!.url, origin)
  expect(pathname).toBe(`/client/v4/accounts/${accountId}/logs/audit`)
  expect(Object.fromEntries(searchParams)).toEqual({
    since: '2026-02-28T09:00:00.000Z',
    before: '2026-03-01T09:00:00.000Z',
    raw_method: 'POST',
    raw_uri: path,
    direction: 'desc',
    limit: '100',
  })
})

test('leaves out what is no switch of this account, should Cloudflare send it all the same', async () => {
  const others = [
    line({ method: 'GET' }),
    line({ uri: '/client/v4/accounts/other/devices/resilience/disconnect' }),
    line({ uri: `/client/v4${path}/more` }),
    line({ result: 'failure' }),
    line({ status: 403 }),
  ]
  expect(await read(...others, line({ uri: `${path}?x=1`, method: 'post' }))).toMatchObject({
    entries: [{ id: 'a' }],
    skipped: [],
  })
})

test.each([
  ['an object', { request: { disconnect: false, justification: 'over' } }],
  ['JSON text', { request: '{"disconnect":false,"justification":"over"}' }],
  ['an object within', { request: { body: { disconnect: false, justification: 'over' } } }],
  ['JSON text within', { request: { body: ' {"disconnect":false,"justification":"over"}' } }],
])('finds direction and justification in a request that is %s', async (_, resource) => {
  expect(await read(line({ resource }))).toMatchObject({
    entries: [{ direction: 'reconnect', justification: 'over' }],
  })
})

test('a request that does not tell leaves direction and justification open; the response may tell the direction', async () => {
  const untold = { direction: null, justification: null }
  expect(await read(line({ resource: { request: '{"disconnect":' } }))).toMatchObject({ entries: [untold] })
  expect(await read(line({ resource: 'gone' }))).toMatchObject({ entries: [untold] })
  expect(await read(line({ resource: { request: { disconnect: 'yes', justification: 7 } } }))).toMatchObject({
    entries: [untold],
  })
  const response = { result: { disconnect: true } }
  expect(await read(line({ resource: { response } }))).toMatchObject({ entries: [{ direction: 'disconnect' }] })
  let deep: unknown = { disconnect: true }
  for (let depth = 0; depth < 20; depth++) deep = { deep }
  expect(await read(line({ resource: { request: deep } }))).toMatchObject({ entries: [untold] })
})

test.each([
  [
    { token_name: 'pager', type: 'account', id: '7' },
    { actor: 'pager', via: 'account' },
  ],
  [
    { id: '7', type: 'system', context: null },
    { actor: '7', via: 'system' },
  ],
  [
    { email: ' ', context: 'dash' },
    { actor: 'unknown', via: 'dash' },
  ],
  ['somebody', { actor: 'unknown', via: 'unknown' }],
])('an actor %j is named as well as can be', async (actor, named) => {
  expect(await read(line({ actor }))).toMatchObject({ entries: [named] })
})

test('text from outside is bounded and stays on its line', async () => {
  const justification = `first\nsecond ${'x'.repeat(1000)}`
  const entries = [{ justification: expect.stringMatching(/^first second x{386}…$/) as unknown }]
  expect(await read(line({ resource: { request: { justification } } }))).toMatchObject({ entries })
})

test('a bad line is left out and named', async () => {
  expect(await read(line({ time: 'noon' }), 'x', line({ id: 7 }), line({ id: 'good' }))).toMatchObject({
    entries: [{ id: 'good' }],
    skipped: ['result[0].action.time', 'result[1]', 'result[2].id'],
  })
})

test.each([
  ['as documented', (cursor: string) => ({ cursor, count: '1' })],
  ['as the SDK expects it', (cursor: string) => ({ cursors: { after: cursor } })],
])('follows the cursor %s to its end, newest first over all pages', async (_, info) => {
  const { origin, received } = await serve(
    answered([line({ id: 'older', time: '2026-03-01T07:00:00Z' })], info('next')),
    answered([line({ id: 'newer', time: '2026-03-01T08:30:00Z' })], info('')),
  )
  expect(await outcomeOf(gatewayTo(origin), request)).toMatchObject({ entries: [{ id: 'newer' }, { id: 'older' }] })
  expect(received.map(({ url }) => new URL(url, origin).searchParams.get('cursor'))).toEqual([null, 'next'])
})

test('a cursor that leads in a circle, or past the end, is not followed', async () => {
  const circle = await serve(answered([line()], { cursor: 'same' }))
  expect(await outcomeOf(gatewayTo(circle.origin), request)).toMatchObject({ skipped: [] })
  expect(circle.received).toHaveLength(2)
  const past = await serve(answered([], { cursor: 'more' }))
  await outcomeOf(gatewayTo(past.origin), request)
  expect(past.received).toHaveLength(1)
})

test('more than five pages are not read, and that is said', async () => {
  const pages = [1, 2, 3, 4, 5, 6].map((page) => answered([line()], { cursor: `to-${page}` }))
  const { origin, received } = await serve(...pages)
  expect(await outcomeOf(gatewayTo(origin), request)).toMatchObject({ skipped: ['result beyond 5 pages'] })
  expect(received).toHaveLength(5)
})

test('a page that fails fails the reading: half a story is none', async () => {
  const { origin } = await serve(answered([line()], { cursor: 'next' }), missingPermission)
  expect(await outcomeOf(gatewayTo(origin), request)).toMatchObject({
    kind: 'forbidden',
    scope: 'Account Settings Read',
  })
  const odd = await serve(answered({ lines: [] }))
  expect(await outcomeOf(gatewayTo(odd.origin), request)).toMatchObject({ kind: 'badShape', path: 'result' })
})
