import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import { expect, test } from 'vitest'

import { keychainAccount } from '../../main/store/keychain.ts'
import { freshProfile } from '../store/profile.ts'
import { openAccount, type TestAccount } from './harness/account.ts'
import { BrittleKeychain } from './harness/brittle-keychain.ts'
import { Fleetlight } from './harness/fleetlight.ts'

async function switched(account: TestAccount, keychain: BrittleKeychain, profile = freshProfile()) {
  const fleetlight = await Fleetlight.start({ profile, account, keychain })
  const { connection } = await fleetlight.connect()
  await fleetlight.until('both are read', ({ fleet, override }) => fleet !== null && override.state === 'off')
  await fleetlight.switchOverride('disconnect', 'To be remembered')
  await fleetlight.until('it is read back', ({ override }) => override.state === 'on')
  return { fleetlight, profile, connection }
}

test('forgetting a connection deletes its tokens and its data; the ledger stays, and can be exported before', async () => {
  const account = await openAccount()
  const keychain = new BrittleKeychain()
  const { fleetlight, profile, connection } = await switched(account, keychain)
  fleetlight.windows.savesTo = join(profile, 'export.json')
  expect(await fleetlight.ask('exportLedger', {})).toEqual({ path: fleetlight.windows.savesTo })
  const exported = JSON.parse(readFileSync(fleetlight.windows.savesTo, 'utf8')) as { readonly acts: unknown[] }
  expect(exported).toMatchObject({ schema: 1, brokenAt: null })
  expect(exported.acts).toMatchObject([{ seq: 1 }, { seq: 2 }, { seq: 3 }])

  expect(existsSync(join(profile, 'data', connection))).toBe(true)
  await fleetlight.ask('forgetConnection', { connection })
  expect(existsSync(join(profile, 'data', connection))).toBe(false)
  for (const role of ['watch', 'act'] as const) {
    const name = keychainAccount(account.baseUrl, account.accountId, role)
    expect(await keychain.read(name)).toEqual({ ok: true, value: null })
  }
  expect(await fleetlight.ask('connections', {})).toEqual([])
  expect(fleetlight.snapshot.face.name).toBe('signed-out')
  expect(await fleetlight.ledgerStates()).toHaveLength(3)
  const before = account.received().length
  await fleetlight.pass(60)
  expect(account.received()).toHaveLength(before)
})

test('a connection whose tokens cannot be taken out of the keychain stays, and the reply says why', async () => {
  const account = await openAccount()
  const keychain = new BrittleKeychain()
  const { fleetlight, connection } = await switched(account, keychain)
  keychain.failure = { kind: 'silent', detail: '' }
  const reply = await fleetlight.windows.invoke('forgetConnection', { connection })
  expect(reply).toMatchObject({ ok: false, kind: 'keychain', message: expect.stringContaining('unlock') as string })
  expect(await fleetlight.ask('connections', {})).toHaveLength(1)
  expect(fleetlight.snapshot.connection).not.toBeNull()
})

test('what is under way of a connection ends with it', async () => {
  const account = await openAccount()
  const fleetlight = await Fleetlight.start({ profile: freshProfile(), account, deadlineMs: 60_000 })
  const { connection } = await fleetlight.connect()
  await account.setFault({ kind: 'hang', method: 'GET' })
  const before = account.received().length
  for (const end = account.clock.now() + 15_000; account.clock.step(end););
  await expect.poll(() => account.received().length).toBeGreaterThan(before)
  await fleetlight.ask('forgetConnection', { connection })
  expect(fleetlight.snapshot.connection).toBeNull()
})

test('an export that cannot be written says so', async () => {
  const account = await openAccount()
  const { fleetlight, profile } = await switched(account, new BrittleKeychain())
  expect(await fleetlight.ask('exportLedger', {})).toBeNull()
  fleetlight.windows.savesTo = join(profile, 'no such folder', 'export.json')
  expect(await fleetlight.windows.invoke('exportLedger', {})).toMatchObject({ ok: false, kind: 'file' })
})
