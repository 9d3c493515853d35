import { expect, test } from 'vitest'

import { checkToken } from '../../main/cloudflare/check.ts'
import type { CheckOptions } from '../../main/cloudflare/check.ts'
import { serveAccount } from './account-server.ts'
import { accountId, now, tokens } from './asking.ts'
import { deserted } from './server.ts'
import * as situations from './situations.ts'

const check = (origin: string, options: Partial<CheckOptions> = {}) =>
  checkToken({ baseUrl: `${origin}/client/v4`, fetch, token: tokens.watch, account: null, now: () => now, ...options })

const account = { id: accountId, name: 'Example Corp' }
const cans = (report: { readonly capabilities: readonly { readonly name: string; readonly can: string }[] }) =>
  Object.fromEntries(report.capabilities.map(({ name, can }) => [name, can]))
const all = { fleet: 'yes', override: 'yes', switch: 'onlyByActing', devices: 'yes', settings: 'yes', audit: 'yes' }

async function reportOf(...args: Parameters<typeof check>) {
  const checked = await check(...args)
  if (!checked.ok) throw new Error(`No report: ${checked.failure.detail}`)
  return checked.value
}

test('a token of a user that reaches one account is checked against it, each thing asked once', async () => {
  const { origin, received } = await serveAccount()
  const report = await reportOf(origin)
  expect(report).toMatchObject({
    owner: 'user',
    expiresOn: Date.UTC(2026, 11, 31),
    accounts: [account],
    account,
    refusal: null,
  })
  expect(cans(report)).toEqual(all)
  const paths = received.map(({ method, url }) => `${method} ${url.split('?', 1)[0] ?? ''}`)
  expect(new Set(paths).size).toBe(7)
  expect(paths).toHaveLength(7)
  expect(paths.every((path) => path.startsWith('GET '))).toBe(true)
})

test('each capability is a sentence with the permission group that it needs', async () => {
  const { origin } = await serveAccount({ '/logs/audit': situations.missingPermission })
  const { capabilities } = await reportOf(origin)
  expect(capabilities).toContainEqual({
    name: 'override',
    can: 'yes',
    sentence: 'May read the Global WARP override',
    needs: 'Zero Trust Read or Zero Trust Resilience Read',
  })
  expect(capabilities).toContainEqual({
    name: 'audit',
    can: 'no',
    sentence: 'May not read the audit log, which tells who switched the override',
    needs: 'Account Settings Read',
  })
  expect(capabilities).toContainEqual({
    name: 'switch',
    can: 'onlyByActing',
    sentence: 'May switch the Global WARP override',
    needs: 'Zero Trust Resilience Write',
  })
})

test('an account-owned token, which lists no accounts, asks for the account id', async () => {
  const changes = { '/user/tokens/verify': situations.unknownToken, '/accounts': situations.unlistableAccounts }
  const { origin, received } = await serveAccount(changes)
  const report = await reportOf(origin)
  expect(report).toMatchObject({ owner: 'account', accounts: null, account: null, expiresOn: null })
  expect(report.refusal).toMatch(/type the account id/)
  expect(Object.keys(cans(report))).toEqual(Object.keys(all))
  expect(cans(report)).toMatchObject({ fleet: 'notKnown', override: 'notKnown', switch: 'onlyByActing' })
  expect(received).toHaveLength(2)
})

test('an account-owned token is verified where its account verifies', async () => {
  const changes = { '/user/tokens/verify': situations.unknownToken, '/accounts': situations.unlistableAccounts }
  const { origin } = await serveAccount(changes)
  const report = await reportOf(origin, { account: accountId })
  const typed = { id: accountId, name: accountId }
  expect(report).toMatchObject({ owner: 'account', accounts: null, account: typed, expiresOn: null, refusal: null })
  expect(cans(report)).toEqual(all)
})

test('a token that reaches several accounts asks to choose, and probes none', async () => {
  const other = { id: 'f037e56e89293a057740de681ac9abbe', name: 'Other' }
  const { origin, received } = await serveAccount({ '/accounts': situations.answered([account, other]) })
  const report = await reportOf(origin)
  expect(report).toMatchObject({ accounts: [account, other], account: null })
  expect(report.refusal).toBe('This token reaches 2 accounts. Choose one, then check again.')
  expect(received).toHaveLength(2)
  expect(await reportOf(origin, { account: accountId })).toMatchObject({ account, refusal: null })
})

test('a token of a user that lists no accounts asks for the account id', async () => {
  const { origin } = await serveAccount({ '/accounts': situations.missingPermission })
  expect(await reportOf(origin)).toMatchObject({
    owner: 'user',
    accounts: null,
    refusal: 'This token lists no accounts. Type the account id, then check again.',
  })
})

test('a list of accounts that cannot be understood is none; one that does not come fails the check', async () => {
  const odd = await serveAccount({ '/accounts': situations.answered({ accounts: [] }) })
  expect(await reportOf(odd.origin)).toMatchObject({ accounts: null, account: null })
  const down = await serveAccount({ '/accounts': situations.json(503, {}) })
  expect(await check(down.origin)).toMatchObject({ ok: false, failure: { kind: 'server' } })
  expect(await reportOf(down.origin, { account: accountId })).toMatchObject({ accounts: null, refusal: null })
})

test('accounts are listed page by page, bad ones left out, and an end is found when pages repeat', async () => {
  const page = Array.from({ length: 50 }, (_, index) => ({ id: `account-${index}`, name: `A ${index}` }))
  const repeating = await serveAccount({ '/accounts': situations.answered(page) })
  expect((await reportOf(repeating.origin)).accounts).toHaveLength(50)
  expect(repeating.received.filter(({ url }) => url.startsWith('/client/v4/accounts?'))).toHaveLength(2)

  const bad = situations.answered([account, { id: '../user', name: 'Evil' }, { id: accountId }, null])
  expect((await reportOf((await serveAccount({ '/accounts': bad })).origin)).accounts).toEqual([account])
})

test.each([
  ['the fleet', { '/live': situations.missingPermission }, ['fleet']],
  ['the override', { '/disconnect': situations.wrongAccount }, ['override']],
  [
    'anything',
    {
      '/live': situations.missingPermission,
      '/disconnect': situations.missingPermission,
    },
    ['fleet', 'override'],
  ],
])('a token that may not read %s is refused, with the permission group to add', async (_, changes, missing) => {
  const { origin } = await serveAccount(changes)
  const report = await reportOf(origin)
  expect(report.refusal).toMatch(
    /This token may not .*Check that this is the right account, add the permission group "Zero Trust Read"/,
  )
  expect(
    Object.entries(cans(report))
      .filter(([, can]) => can === 'no')
      .map(([name]) => name),
  ).toEqual(missing)
})

test('where Zero Trust is not set up the remedy is no permission', async () => {
  const notEnabled = situations.refused(400, 9999, 'access.api.error.not_enabled')
  const { origin } = await serveAccount({ '/live': notEnabled, '/disconnect': notEnabled })
  const { refusal } = await reportOf(origin)
  expect(refusal).toContain('(Cloudflare says: 9999 access.api.error.not_enabled)')
  expect(refusal).toContain('that Zero Trust is set up in this account')
  expect(refusal).not.toContain('permission')
})

test('less than the minimum is no refusal: what is missing is said, what is not known too', async () => {
  const changes = { '/physical-devices': situations.missingPermission, '/settings': situations.json(500, {}) }
  const report = await reportOf((await serveAccount(changes)).origin)
  expect(report.refusal).toBeNull()
  expect(cans(report)).toEqual({ ...all, devices: 'no', settings: 'notKnown' })
  const { sentence } = report.capabilities.find(({ name }) => name === 'settings')!
  expect(sentence).toBe('Whether it may read the device settings could not be found out: HTTP 500')
})

test('a minimum that cannot be found out fails the check instead of refusing the token', async () => {
  const { origin } = await serveAccount({ '/live': situations.html(200) })
  expect(await check(origin)).toMatchObject({ ok: false, failure: { kind: 'badShape', path: 'content-type' } })
})

test.each(['disabled', 'expired'])('a token that is %s is refused without probing', async (status) => {
  const verdict = situations.answered({ id: 'x', status, expires_on: '2026-01-01T00:00:00Z' })
  const { origin, received } = await serveAccount({ '/tokens/verify': verdict, '/accounts': situations.unknownToken })
  for (const account of [null, accountId]) {
    const report = await reportOf(origin, { account })
    expect(report.refusal).toMatch(`Cloudflare says that this token is ${status}.`)
    expect(report.expiresOn).toBe(Date.UTC(2026, 0, 1))
    expect(report.capabilities[0]!.sentence).toMatch(/is not known because Cloudflare does not take this token$/)
  }
  expect(received).toHaveLength(4)
})

test('a token that nobody knows is a failure that leaves open which of the two was typed wrong', async () => {
  const changes = { '/tokens/verify': situations.unknownToken, '/accounts': situations.unknownToken }
  const { origin } = await serveAccount(changes)
  expect(await check(origin, { account: accountId })).toEqual({
    ok: false,
    failure: {
      kind: 'unauthorized',
      detail: "Cloudflare knows it neither as a user's nor as this account's token (1000 Invalid API Token)",
    },
  })
})

test('an account whose verification does not answer leaves the token unjudged', async () => {
  const changes = {
    '/user/tokens/verify': situations.unknownToken,
    [`${accountId}/tokens/verify`]: situations.json(502, {}),
  }
  const { origin } = await serveAccount(changes)
  expect(await check(origin, { account: accountId })).toMatchObject({ ok: false, failure: { kind: 'server' } })
})

test('without Cloudflare there is no verdict', async () => {
  expect(await check(await deserted())).toMatchObject({ ok: false, failure: { kind: 'offline' } })
  const { origin } = await serveAccount({ '/verify': situations.silence })
  expect(await check(origin, { deadlineMs: 100 })).toMatchObject({ ok: false, failure: { kind: 'timeout' } })
})

test('what is no token is not sent', async () => {
  const { origin, received } = await serveAccount()
  expect(await check(origin, { token: 'two words' })).toMatchObject({ failure: { kind: 'unauthorized' } })
  expect(received).toEqual([])
})

test('what is no account id is asked nothing about, and the accounts to choose from are shown', async () => {
  const { origin, received } = await serveAccount()
  const report = await reportOf(origin, { account: '../user' })
  expect(report).toMatchObject({ account: null, accounts: [account] })
  expect(report.refusal).toMatch(/^This is not an account id/)
  expect(received.map(({ url }) => url)).toEqual([
    '/client/v4/user/tokens/verify',
    '/client/v4/accounts?page=1&per_page=50',
  ])
})
