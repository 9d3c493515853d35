import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import { expect, test } from 'vitest'

import { keychainAccount } from '../../main/store/keychain.ts'
import { freshProfile } from '../store/profile.ts'
import { openAccount } from './harness/account.ts'
import { Fleetlight } from './harness/fleetlight.ts'

const dayMs = 86_400_000

test('with nothing to watch the first window opens', async () => {
  const account = await openAccount()
  const fleetlight = await Fleetlight.start({ profile: freshProfile(), account })
  expect(fleetlight.windows.opened).toEqual(['overview'])
  expect(fleetlight.snapshot.face.name).toBe('signed-out')
  expect(account.received()).toEqual([])
})

test('a token that cannot read the minimum is refused with the reason, and nothing is kept', async () => {
  const account = await openAccount()
  const fleetlight = await Fleetlight.start({ profile: freshProfile(), account })
  const reply = await fleetlight.windows.invoke('startWatching', {
    token: account.tokens.noGroups,
    account: account.accountId,
    actToken: null,
    actsWithWatchToken: false,
    holdInMemory: false,
  })
  expect(reply).toMatchObject({
    ok: false,
    kind: 'refused',
    message: expect.stringContaining('Zero Trust Read') as string,
  })
  expect(await fleetlight.ask('connections', {})).toEqual([])
})

test('a token that Cloudflare does not know is refused in words', async () => {
  const account = await openAccount()
  const fleetlight = await Fleetlight.start({ profile: freshProfile(), account })
  const reply = await fleetlight.windows.invoke('checkToken', {
    token: account.tokens.unknown,
    account: account.accountId,
  })
  expect(reply).toMatchObject({
    ok: false,
    kind: 'unauthorized',
    message: expect.stringContaining('mistyped') as string,
  })
})

test.each(['noGroups', 'disabled'] as const)('an act token that cannot act (%s) is refused as such', async (role) => {
  const account = await openAccount()
  const fleetlight = await Fleetlight.start({ profile: freshProfile(), account })
  await expect(fleetlight.connect({ actToken: account.tokens[role] })).rejects.toThrow(/The act token: /)
  expect(await fleetlight.ask('connections', {})).toEqual([])
})

test('what was checked is not asked again when watching starts', async () => {
  const account = await openAccount()
  const fleetlight = await Fleetlight.start({ profile: freshProfile(), account })
  await fleetlight.ask('checkToken', { token: account.tokens.watch, account: account.accountId })
  const checked = account.received().length
  await fleetlight.connect({ actToken: null })
  const kinds = account
    .received()
    .slice(checked)
    .map(({ operation, at }) => `${operation ?? ''} ${at}`)
  expect(new Set(kinds).size).toBe(kinds.length)
  expect(kinds.filter((kind) => kind.startsWith('devices-list-devices'))).toEqual([])
})

test('watching shows override and fleet, and the dashboard is told of it', async () => {
  const account = await openAccount()
  const fleetlight = await Fleetlight.start({ profile: freshProfile(), account })
  await fleetlight.connect()
  const { fleet, override, connection } = await fleetlight.until('the fleet is read', (seen) => seen.fleet !== null)
  expect(fleet?.connected).toBeGreaterThan(20)
  expect(override).toMatchObject({ state: 'off', freshness: 'fresh' })
  expect(connection).toMatchObject({ accountName: account.accountName, actsWith: 'actToken', tokensHeldIn: 'keychain' })
  expect(fleetlight.windows.view?.snapshot.fleet?.connected).toBe(fleet?.connected)
})

test('without an act token the app observes, says so and sends nothing', async () => {
  const account = await openAccount()
  const fleetlight = await Fleetlight.start({ profile: freshProfile(), account })
  await fleetlight.connect({ actToken: null })
  expect(fleetlight.snapshot.connection?.actsWith).toBe('none')
  const reply = await fleetlight.switchOverride('disconnect', 'Trying')
  expect(reply).toMatchObject({ ok: false, message: expect.stringContaining('Zero Trust Resilience Write') as string })
  expect(account.received('POST')).toEqual([])
  expect(await fleetlight.ledgerStates()).toEqual([])
})

test.each([
  ['chosen', { actToken: null, actsWithWatchToken: true }],
  ['entered twice', { actToken: 'the same' }],
])('one token for both, %s, is known as such', async (_how, { actToken, ...rest }) => {
  const account = await openAccount()
  const { both } = account.tokens
  const fleetlight = await Fleetlight.start({ profile: freshProfile(), account })
  await fleetlight.connect({ token: both, actToken: actToken === null ? null : both, ...rest })
  expect((await fleetlight.ask('connections', {}))[0]?.actsWith).toBe('watchToken')
})

test('a connection is watched again after a restart, with its tokens from the keychain', async () => {
  const account = await openAccount()
  const profile = freshProfile()
  const first = await Fleetlight.start({ profile, account })
  await first.connect()
  await first.until('the fleet is read', (seen) => seen.fleet !== null)
  await first.quit()
  expect(account.clock.step(account.clock.now() + 60_000), 'nothing is left to happen after quitting').toBe(false)
  const second = await Fleetlight.start({ profile, account, keychain: first.keychain })
  await second.until('the fleet is read', (seen) => seen.fleet !== null)
  expect(second.windows.opened).toEqual([])
})

test('tokens stay bound to the address that they were entered for', async () => {
  const [account, other] = [await openAccount(), await openAccount()]
  const profile = freshProfile()
  const first = await Fleetlight.start({ profile, account })
  await first.connect()
  await first.quit()
  const second = await Fleetlight.start({ profile, account, keychain: first.keychain, address: other.baseUrl })
  await second.pass(60)
  expect(other.received()).toEqual([])
  expect(second.said.join()).toContain(`was connected at ${account.baseUrl}`)
  const [connection] = await second.ask('connections', {})
  const reply = await second.windows.invoke('replaceToken', {
    connection: connection!.id,
    role: 'watch',
    token: account.tokens.watch,
    holdInMemory: false,
  })
  expect(reply).toMatchObject({ ok: false, kind: 'otherAddress' })
  expect(other.received()).toEqual([])
})

test('a replaced token is used from then on, and a forgotten act token makes an observer', async () => {
  const account = await openAccount()
  const fleetlight = await Fleetlight.start({ profile: freshProfile(), account })
  const { connection } = await fleetlight.connect()
  await fleetlight.ask('replaceToken', {
    connection,
    role: 'watch',
    token: account.tokens.account,
    holdInMemory: false,
  })
  const before = account.received().length
  await fleetlight.pass(30)
  const roles = account
    .received()
    .slice(before)
    .map(({ role }) => role)
  expect(new Set(roles)).toEqual(new Set(['account']))
  await fleetlight.ask('forgetActToken', { connection })
  expect(fleetlight.snapshot.connection?.actsWith).toBe('none')
  await fleetlight.ask('replaceToken', { connection, role: 'act', token: account.tokens.account, holdInMemory: false })
  expect(fleetlight.snapshot.connection?.actsWith).toBe('watchToken')
})

test('an account that is connected again goes on with what was entered now, and with nothing from before', async () => {
  const account = await openAccount()
  const fleetlight = await Fleetlight.start({ profile: freshProfile(), account })
  const first = await fleetlight.connect()
  const second = await fleetlight.connect({ token: account.tokens.account, actToken: null })
  expect(second).toEqual(first)
  expect(await fleetlight.ask('connections', {})).toMatchObject([{ actsWith: 'none', isActive: true }])
  const before = account.received().length
  await fleetlight.pass(30)
  expect(
    new Set(
      account
        .received()
        .slice(before)
        .map(({ role }) => role),
    ),
  ).toEqual(new Set(['account']))
  const acting = keychainAccount(account.baseUrl, account.accountId, 'act')
  expect(await fleetlight.keychain.read(acting)).toEqual({ ok: true, value: null })
})

test('when a token ends is kept current from what Cloudflare says', async () => {
  const account = await openAccount({ expiringInDays: 2 })
  const profile = freshProfile()
  const first = await Fleetlight.start({ profile, account })
  await first.connect({ token: account.tokens.expiring })
  expect(first.snapshot.connection?.expiresOn.watch).toBe(account.clock.now() + 2 * dayMs)
  await first.quit()

  account.prolong('expiring', 30)
  const second = await Fleetlight.start({ profile, account, keychain: first.keychain })
  const end = account.clock.now() + 30 * dayMs
  await second.until('it is verified', ({ connection }) => connection?.expiresOn.watch === end)
  const activity = await second.ask('activity', { before: null })
  expect(activity.map(({ text }) => text).join()).not.toContain('changed')
  const stored: unknown = JSON.parse(readFileSync(join(profile, 'settings.json'), 'utf8'))
  expect(stored).toMatchObject({ connections: [{ expiresOn: { watch: end, act: null } }] })
})

test('no token reaches a file of the profile', async () => {
  const account = await openAccount()
  const profile = freshProfile()
  const fleetlight = await Fleetlight.start({ profile, account })
  await fleetlight.connect()
  await fleetlight.switchOverride('disconnect', 'Looking for leaks')
  await fleetlight.until('it is known', (seen) => seen.override.intent.kind === 'converging')
  await account.setFault({ kind: 'serverError', status: 503 })
  await fleetlight.pass(60)
  await fleetlight.quit()
  const files = readdirSync(profile, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  expect(files.length).toBeGreaterThan(3)
  for (const file of files) {
    const content = readFileSync(join(file.parentPath, file.name), 'latin1')
    for (const token of [account.tokens.watch, account.tokens.act])
      expect(content.includes(token), file.name).toBe(false)
  }
})
