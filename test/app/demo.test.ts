import { expect, test } from 'vitest'

import { keychainAccount } from '../../main/store/keychain.ts'
import { freshProfile } from '../store/profile.ts'
import { openAccount } from './harness/account.ts'
import { Fleetlight } from './harness/fleetlight.ts'

test('a demo is made when it is first wanted, is marked everywhere, and ends when it is forgotten', async () => {
  const account = await openAccount()
  let started = 0
  let closed = 0
  const startDemo = () => {
    started += 1
    return Promise.resolve({ ...account, close: () => Promise.resolve(void (closed += 1)) })
  }
  const fleetlight = await Fleetlight.start({
    profile: freshProfile(),
    account,
    startDemo,
    address: 'http://127.0.0.1:9',
  })
  expect(started).toBe(0)
  const [first, second] = await Promise.all([fleetlight.ask('tryDemo', {}), fleetlight.ask('tryDemo', {})])
  expect(first).toEqual(second)
  expect(started).toBe(1)
  const { connection } = await fleetlight.until('the fleet is read', ({ fleet }) => fleet !== null)
  expect(connection).toMatchObject({ isDemo: true, tokensHeldIn: 'memory', actsWith: 'actToken' })
  expect((await fleetlight.ask('connections', {}))[0]).toMatchObject({ isDemo: true, isActive: true })
  await fleetlight.ask('openConfirmation', { direction: 'disconnect' })
  expect(fleetlight.windows.confirmation?.plan.isDemo).toBe(true)
  await fleetlight.ask('forgetConnection', { connection: first.connection })
  expect(closed).toBe(1)
  const name = keychainAccount(account.baseUrl, account.accountId, 'watch')
  expect(await fleetlight.memory.read(name)).toEqual({ ok: true, value: null })
})

test('each run has a demo of its own, which expects nothing from the one before', async () => {
  const [account, next] = [await openAccount({ devices: 200 }), await openAccount({ devices: 20, seed: 9 })]
  const profile = freshProfile()
  const first = await Fleetlight.start({ profile, account, startDemo: () => Promise.resolve({ ...account }) })
  await first.ask('tryDemo', {})
  await first.pass(120)
  await first.quit()
  const startDemo = () => Promise.resolve({ ...next })
  const second = await Fleetlight.start({ profile, account: next, startDemo })
  const { fleet } = await second.until('the fleet is read', (seen) => seen.fleet !== null)
  expect(fleet?.total).toBeLessThanOrEqual(20)
  await second.pass(300)
  expect(second.snapshot.incidents).toEqual([])
})

test('a demo that cannot start is said in words', async () => {
  const account = await openAccount()
  const fleetlight = await Fleetlight.start({ profile: freshProfile(), account })
  expect(await fleetlight.windows.invoke('tryDemo', {})).toMatchObject({ ok: false, kind: 'demo' })
})

test('of two accounts that are asked for at once the later one is watched, and nothing is mixed', async () => {
  const [account, other] = [await openAccount(), await openAccount({ seed: 8 })]
  const startDemo = () => Promise.resolve({ ...other })
  const fleetlight = await Fleetlight.start({ profile: freshProfile(), account, startDemo })
  const { connection } = await fleetlight.connect()
  await Promise.all([
    fleetlight.windows.invoke('tryDemo', {}),
    fleetlight.windows.invoke('activateConnection', { connection }),
    fleetlight.windows.invoke('activateConnection', { connection: 'demo' }),
  ])
  await fleetlight.until('the fleet is read', ({ fleet }) => fleet !== null)
  expect(fleetlight.snapshot.connection?.accountId).toBe(other.accountId)
  const before = account.received().length
  await fleetlight.pass(60)
  expect(account.received()).toHaveLength(before)
})
