import { expect, test } from 'vitest'

import { keychainAccount } from '../../main/store/keychain.ts'
import { freshProfile } from '../store/profile.ts'
import { openAccount } from './harness/account.ts'
import { BrittleKeychain } from './harness/brittle-keychain.ts'
import { Fleetlight } from './harness/fleetlight.ts'

const absent = { kind: 'absent', detail: 'no secret service' } as const
const silent = { kind: 'silent', detail: 'no answer in 5 s' } as const

test('without a keychain nothing is kept until the person agrees to memory, and that ends with the app', async () => {
  const account = await openAccount()
  const [profile, keychain] = [freshProfile(), new BrittleKeychain(absent)]
  const first = await Fleetlight.start({ profile, account, keychain })
  await expect(first.connect()).rejects.toThrow(/keychain: .*never writes a token to a file/)
  expect(await first.ask('connections', {})).toEqual([])
  expect(first.windows.view?.shell.keychain).toEqual(absent)

  await first.connect({ holdInMemory: true })
  await first.until('the fleet is read', ({ fleet }) => fleet !== null)
  expect(first.snapshot.connection?.tokensHeldIn).toBe('memory')
  expect((await first.switchOverride('disconnect', 'With a token in memory'))?.ok).toBe(true)
  await first.quit()

  const second = await Fleetlight.start({ profile, account, keychain })
  const before = account.received().length
  await second.pass(60)
  expect(account.received()).toHaveLength(before)
  expect(second.snapshot.lastError?.failure).toMatchObject({
    kind: 'noToken',
    detail: expect.stringContaining('gone since Fleetlight quit') as string,
  })
})

test('a keychain that stops answering is said, and watching goes on when it answers again', async () => {
  const account = await openAccount()
  const [profile, keychain] = [freshProfile(), new BrittleKeychain()]
  const first = await Fleetlight.start({ profile, account, keychain })
  await first.connect()
  await first.quit()

  keychain.failure = silent
  const second = await Fleetlight.start({ profile, account, keychain })
  await second.until('it is noticed', ({ lastError }) => lastError?.failure.kind === 'noToken')
  expect(second.windows.view?.shell.keychain).toEqual(silent)
  expect(second.snapshot.override.state).toBe('unknown')

  keychain.failure = null
  await second.until('it is read', ({ override }) => override.state === 'off')
  expect(second.windows.view?.shell.keychain.kind).toBe('working')
})

test('a token entered again while the keychain is locked is held in memory, beside what the keychain has', async () => {
  const account = await openAccount()
  const [profile, keychain] = [freshProfile(), new BrittleKeychain()]
  const fleetlight = await Fleetlight.start({ profile, account, keychain })
  const { connection } = await fleetlight.connect()
  const { account: other } = account.tokens

  keychain.failure = silent
  const args = { connection, role: 'watch', token: other } as const
  expect(await fleetlight.windows.invoke('replaceToken', { ...args, holdInMemory: false })).toMatchObject({
    ok: false,
    kind: 'keychain',
  })
  await fleetlight.ask('replaceToken', { ...args, holdInMemory: true })
  expect(fleetlight.said.join()).toContain('older token')
  keychain.failure = null
  expect((await fleetlight.switchOverride('disconnect', 'The act token is still there'))?.ok).toBe(true)
  await fleetlight.until('it is read back', ({ override }) => override.state === 'on')
  expect(account.received().at(-1)?.role).toBe('account')

  await fleetlight.ask('replaceToken', { ...args, token: account.tokens.watch, holdInMemory: false })
  expect(fleetlight.snapshot.connection?.tokensHeldIn).toBe('keychain')
  await fleetlight.pass(30)
  expect(account.received().at(-1)?.role).toBe('watch')
})

test('tokens held in memory move into the keychain once a new one can be kept there', async () => {
  const account = await openAccount()
  const [profile, keychain] = [freshProfile(), new BrittleKeychain(absent)]
  const first = await Fleetlight.start({ profile, account, keychain })
  const { connection } = await first.connect({ holdInMemory: true })
  keychain.failure = null
  await first.ask('replaceToken', { connection, role: 'watch', token: account.tokens.account, holdInMemory: false })
  await first.quit()

  const second = await Fleetlight.start({ profile, account, keychain })
  await second.until('the override is read', ({ override }) => override.state === 'off')
  await second.switchOverride('disconnect', 'With the act token that was moved')
  await second.until('it is read back', ({ override }) => override.state === 'on')
})

test('of a connection that could not be kept whole nothing stays in the keychain', async () => {
  const account = await openAccount()
  const keychain = new BrittleKeychain()
  keychain.failsAt = (name) => name.startsWith('act@')
  const fleetlight = await Fleetlight.start({ profile: freshProfile(), account, keychain })
  await expect(fleetlight.connect()).rejects.toThrow(/keychain/)
  const name = keychainAccount(account.baseUrl, account.accountId, 'watch')
  expect(await keychain.read(name)).toEqual({ ok: true, value: null })
})

test('the act token is read for one act and not before', async () => {
  const account = await openAccount()
  const keychain = new BrittleKeychain()
  const fleetlight = await Fleetlight.start({ profile: freshProfile(), account, keychain })
  await fleetlight.connect()
  await fleetlight.until('both are read', ({ fleet, override }) => fleet !== null && override.state === 'off')
  await fleetlight.pass(60)
  const actReadings = () => keychain.readings.filter((name) => name.startsWith('act@')).length
  const before = actReadings()
  await fleetlight.switchOverride('disconnect', 'Now')
  expect(actReadings()).toBe(before + 1)
})

test('a keychain that fails at the act refuses it in words, with nothing sent', async () => {
  const account = await openAccount()
  const keychain = new BrittleKeychain()
  const fleetlight = await Fleetlight.start({ profile: freshProfile(), account, keychain })
  await fleetlight.connect()
  await fleetlight.until('the override is read', ({ override }) => override.state === 'off')
  keychain.failure = silent
  await fleetlight.switchOverride('disconnect', 'Locked out')
  expect(fleetlight.snapshot.override.intent).toMatchObject({
    kind: 'refused',
    failure: { kind: 'noToken', detail: expect.stringContaining('Unlock it') as string },
  })
  expect(account.received('POST')).toEqual([])
  expect(await fleetlight.ledgerStates()).toEqual(['intended', 'refused'])
})
