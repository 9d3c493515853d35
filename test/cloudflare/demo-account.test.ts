import { expect, onTestFinished, test } from 'vitest'

import { startDemoAccount } from '../../build/desk/account.ts'
import type { DemoAccount, DemoChoice } from '../../build/desk/account.ts'
import { checkToken } from '../../main/cloudflare/check.ts'
import type { CheckReport } from '../../main/cloudflare/check.ts'
import type { ApiRequest } from '../../main/engine/calls.ts'
import { succeed } from '../../main/engine/failure.ts'
import type { FleetApi } from '../../main/engine/ports.ts'
import { openGateway } from '../../main/cloudflare/gateway.ts'
import { shapes } from '../../main/demo/faults.ts'
import type { Fault, Shape } from '../../main/demo/faults.ts'
import { switchFacts } from '../../main/demo/switches.ts'
import { ask, disconnect, outcomeOf, readOverride } from './asking.ts'

/** The gateway as the app has it, on a whole account: whatever Cloudflare leaves open, it has to work either way. */

const hour = 3_600_000
const readFleet: ApiRequest = { kind: 'readFleet', sinceMinutes: 5 }

async function demo(choice: DemoChoice = {}): Promise<DemoAccount> {
  const account = await startDemoAccount({ devices: 60, latency: { from: 0, to: 1 }, ...choice })
  onTestFinished(() => account.stop())
  return account
}

function gatewayOf(account: DemoAccount, role: keyof DemoAccount['tokens'] = 'watch', deadlineMs = 5000): FleetApi {
  const { baseUrl, accountId, tokens } = account
  const token = (asked: 'watch' | 'act') => Promise.resolve(succeed(asked === 'act' ? tokens.act : tokens[role]))
  return openGateway({ baseUrl, accountId, fetch, token, deadlineMs })
}

async function check(account: DemoAccount, role: keyof DemoAccount['tokens'], id: string | null) {
  return checkToken({ baseUrl: account.baseUrl, fetch, token: account.tokens[role], account: id, now: Date.now })
}

function cans(report: CheckReport) {
  return report.capabilities.filter(({ can }) => can === 'yes').map(({ name }) => name)
}

/** Every switch with each of its values. */
const ways = Object.entries(switchFacts).flatMap(([name, { values }]) =>
  values.map((value: unknown) => [`${name} = ${String(value)}`, { [name]: value }] as const),
)

test.each(ways)('reads and switches the whole account when %s', async (_, switches) => {
  const account = await demo({ switches })
  const api = gatewayOf(account)
  const now = Date.now()
  const value = switches.overrideShape === 'nullResult' ? null : 'off'
  expect(await outcomeOf(api, readOverride)).toMatchObject({ value })
  const { total } = await account.fleet()
  const fleet = await outcomeOf(api, readFleet)
  expect(fleet).toMatchObject({ skipped: [] })
  expect(total).toBeGreaterThan(0)
  expect(await outcomeOf(api, { kind: 'readHistory', from: now - hour, to: now })).toMatchObject({
    points: expect.arrayContaining([expect.objectContaining({ dimension: 'status' })]) as unknown,
    skipped: [],
  })
  expect(await outcomeOf(api, { kind: 'verifyToken' })).toMatchObject({ status: 'active', owner: 'user' })
  const switched = await ask(api, disconnect, 'act')
  expect(switched.result.ok).toBe(true)
  await account.advance(5 * 60_000)
  const later = Date.now() + 6 * 60_000
  const request = { kind: 'readOverrideAudit', since: now - 30 * 24 * hour, before: later } as const
  expect(await outcomeOf(api, request)).toMatchObject({
    entries: expect.arrayContaining([
      expect.objectContaining({
        direction: 'disconnect',
        justification: expect.stringContaining('DNS is down') as unknown,
      }),
    ]) as unknown,
    skipped: [],
  })
})

const faults: readonly (readonly [string, Fault, object, object])[] = [
  ['refused', { kind: 'refused' }, { kind: 'offline' }, { kind: 'offline' }],
  ['cut', { kind: 'cut' }, { kind: 'offline' }, { kind: 'timeout' }],
  ['a lost reply', { kind: 'lostReply' }, { kind: 'offline' }, { kind: 'timeout' }],
  ['hanging', { kind: 'hang' }, { kind: 'timeout' }, { kind: 'timeout' }],
  ['too slow', { kind: 'slow', ms: 60_000 }, { kind: 'timeout' }, { kind: 'timeout' }],
  ['503', { kind: 'serverError', status: 503 }, { kind: 'server', status: 503 }, { kind: 'server', status: 503 }],
  ['429', { kind: 'rateLimited', retryAfterSeconds: 9 }, { kind: 'rateLimited' }, { kind: 'rateLimited' }],
  [
    'forbidden',
    { kind: 'forbidden' },
    { kind: 'forbidden', scope: 'Zero Trust Read' },
    { kind: 'forbidden', scope: 'Zero Trust Resilience Write' },
  ],
  [
    'a redirect',
    { kind: 'redirect', to: 'https://example.com/' },
    { kind: 'badShape', path: 'status' },
    { kind: 'badShape', path: 'status' },
  ],
]

test.each(faults)(
  'on %s a reading and a switch end as values, each sent once',
  async (_, fault, reading, switching) => {
    const account = await demo()
    await account.setFault(fault)
    const api = gatewayOf(account, 'watch', 300)
    expect(await outcomeOf(api, readOverride)).toMatchObject(reading)
    const { result } = await ask(api, disconnect, 'act')
    expect(result).toMatchObject({ ok: false, failure: switching })
    const sent = (await account.requests()).map(({ method }) => method)
    expect(sent).toEqual(fault.kind === 'refused' ? [] : ['GET', 'POST'])
  },
)

const badShapes: Readonly<Record<Shape, { readonly reading: object; readonly switching: object }>> = {
  html: both({ failure: { kind: 'badShape', path: 'content-type' } }),
  empty: both({ failure: { kind: 'badShape', path: 'body' } }),
  truncated: both({ failure: { kind: 'badShape', path: 'body' } }),
  bare: { reading: { ok: true }, switching: { ok: true } },
  nullResult: {
    reading: { failure: { kind: 'badShape', path: 'result' } },
    switching: { ok: true, value: { value: { value: null } } },
  },
  noResult: {
    reading: { failure: { kind: 'badShape', path: 'result' } },
    switching: { ok: true, value: { value: { value: null } } },
  },
  noSuccess: both({ failure: { kind: 'badShape', path: 'success' } }),
  falseWith200: both({ ok: false, failure: { kind: 'rejected', status: 200 } }),
  wrongTypes: both({ failure: { kind: 'badShape' } }),
  badItems: { reading: { ok: true }, switching: { ok: true } },
  newFields: { reading: { ok: true }, switching: { ok: true } },
  nullGroups: { reading: { ok: true, value: { value: { skipped: [] } } }, switching: { ok: true } },
  tooLong: both({ failure: { kind: 'badShape', path: 'body' } }),
}

function both(outcome: object) {
  return { reading: outcome, switching: outcome }
}

test.each(shapes)('an answer of the shape "%s" is read as far as it can be relied on', async (shape) => {
  const account = await demo()
  await account.setFault({ kind: 'shape', shape })
  const api = gatewayOf(account)
  expect((await ask(api, readFleet)).result).toMatchObject(badShapes[shape].reading)
  expect((await ask(api, disconnect, 'act')).result).toMatchObject(badShapes[shape].switching)
})

test('bad items of a group are left out and named', async () => {
  const account = await demo()
  await account.setFault({ kind: 'shape', shape: 'badItems' })
  expect(await outcomeOf(gatewayOf(account), readFleet)).toMatchObject({
    skipped: expect.arrayContaining([expect.stringMatching(/^result\.deviceStats\.by\w+\[\d+\]/)]) as unknown,
  })
})

test('a switch whose reply was lost was sent once, and reading tells that it was carried out', async () => {
  const account = await demo()
  const api = gatewayOf(account)
  await account.setFault({ kind: 'lostReply', method: 'POST' })
  expect((await ask(api, disconnect, 'act')).result).toMatchObject({ failure: { kind: 'timeout' } })
  expect(await outcomeOf(api, readOverride)).toMatchObject({ value: 'on' })
  expect((await account.requests()).filter(({ method }) => method === 'POST')).toHaveLength(1)
})

test("a used-up limit blocks until Cloudflare says, and every answer tells both policies' state", async () => {
  const account = await demo()
  const api = gatewayOf(account)
  const open = await ask(api, readOverride)
  expect(open.limits.map(({ policy, quota }) => [policy, quota])).toEqual([
    ['default', 1200],
    ['burst', 200],
  ])
  expect(open.serverDate).not.toBeNull()
  await account.useUpLimit(1200)
  const before = Date.now()
  const { result, limits } = await ask(api, readOverride)
  expect(result).toMatchObject({ failure: { kind: 'rateLimited' } })
  const until = !result.ok && result.failure.kind === 'rateLimited' ? result.failure.until : 0
  expect(until - before).toBeGreaterThan(295_000)
  expect(until - before).toBeLessThan(310_000)
  expect(limits.find(({ policy }) => policy === 'default')).toMatchObject({ remaining: 0 })
  expect((await ask(api, readOverride, 'act')).result.ok).toBe(true)
})

test.each(ways.filter(([name]) => /^(accountToken|lastPage|emptyGroups|overrideShape|largest|nullable)/.test(name)))(
  'checks tokens of every kind when %s',
  async (_, switches) => {
    const account = await demo({ switches })
    const id = account.accountId
    expect(await check(account, 'watch', null)).toMatchObject({
      ok: true,
      value: { owner: 'user', account: { id, name: account.accountName }, expiresOn: null, refusal: null },
    })
    const ownedByAccount = await check(account, 'account', id)
    expect(ownedByAccount).toMatchObject({ ok: true, value: { owner: 'account', account: { id }, refusal: null } })
    const acting = await check(account, 'act', id)
    expect(acting).toMatchObject({ value: { owner: 'account', refusal: expect.any(String) as unknown } })
    expect(acting.ok && cans(acting.value)).toEqual(['override'])
    const withoutAudit = await check(account, 'noAudit', id)
    expect(withoutAudit).toMatchObject({ value: { refusal: null } })
    expect(withoutAudit.ok && cans(withoutAudit.value)).toEqual(['fleet', 'override', 'devices', 'settings'])
    expect(await check(account, 'noGroups', id)).toMatchObject({
      value: { refusal: expect.stringContaining('"Zero Trust Read"') as unknown },
    })
    expect(await check(account, 'unknown', id)).toMatchObject({ ok: false, failure: { kind: 'unauthorized' } })
  },
)

test('tells when a token ends, and refuses one that has ended or was disabled', async () => {
  const account = await demo({ expiringInDays: 3 })
  const expiring = await check(account, 'expiring', null)
  const days = expiring.ok ? ((expiring.value.expiresOn ?? 0) - Date.now()) / (24 * hour) : 0
  expect(days).toBeCloseTo(3, 2)
  for (const role of ['expired', 'disabled'] as const) {
    const checked = await check(account, role, account.accountId)
    expect(checked).toMatchObject({
      value: { refusal: expect.stringContaining(`this token is ${role}.`) as unknown },
    })
  }
})

test('a person with many accounts is shown all of them', async () => {
  const account = await demo({ otherAccounts: 120 })
  const checked = await check(account, 'watch', null)
  expect(checked).toMatchObject({ value: { account: null } })
  expect(checked.ok && checked.value.accounts).toHaveLength(121)
  expect(await check(account, 'watch', account.accountId)).toMatchObject({
    value: { account: { name: account.accountName }, refusal: null },
  })
})
