import { expect, test } from 'vitest'

import type { Ledger } from '../../main/engine/ports.ts'
import { freshProfile } from '../store/profile.ts'
import { openAccount } from './harness/account.ts'
import { Fleetlight } from './harness/fleetlight.ts'

/** A ledger that writes and never answers: the app stops between writing an intent and sending it. */
const mute = (real: Ledger): Ledger => ({
  ...real,
  append: async (entry) => {
    await real.append(entry)
    return new Promise(() => undefined)
  },
})

test('after a crash between the intent and its sending nothing is sent, and readings settle it', async () => {
  const account = await openAccount()
  const profile = freshProfile()
  const first = await Fleetlight.start({ profile, account, ledger: mute })
  await first.connect()
  await first.until('the override is read', ({ override }) => override.state === 'off')
  await first.ask('openConfirmation', { direction: 'disconnect' })
  void first.windows.confirmation!.hold('Crash before sending')
  await expect.poll(() => first.windows.invoke('ledger', { before: null })).toMatchObject({ value: { rows: [{}] } })
  await first.crash()

  const second = await Fleetlight.start({ profile, account, keychain: first.keychain })
  expect(second.snapshot.override.intent).toMatchObject({ kind: 'unconfirmed', cause: { kind: 'crash' } })
  await second.until('readings settle it', ({ override }) => override.intent.kind === 'settled')
  expect(account.received('POST')).toEqual([])
  expect((await second.ledgerStates()).at(-1)).toBe('contradicted')
})

test('after a crash between the sending and its answer nothing is sent again, and a reading confirms it', async () => {
  const account = await openAccount()
  const profile = freshProfile()
  const first = await Fleetlight.start({ profile, account })
  await first.connect()
  await first.until('the override is read', ({ override }) => override.state === 'off')
  await account.setFault({ kind: 'slow', ms: 60_000, method: 'POST', times: 1 })
  await first.ask('openConfirmation', { direction: 'disconnect' })
  await first.windows.confirmation!.hold('Crash before the answer')
  await expect.poll(() => account.received('POST').length).toBe(1)
  await first.crash()

  const second = await Fleetlight.start({ profile, account, keychain: first.keychain })
  await second.until('a reading confirms it', ({ override }) => override.intent.kind === 'converging')
  expect(account.received('POST')).toHaveLength(1)
  expect(await second.ledgerStates()).toEqual(['intended', 'confirmed'])
})

test('a switch that is answered while the app quits is recorded', async () => {
  const account = await openAccount()
  const profile = freshProfile()
  const first = await Fleetlight.start({ profile, account })
  await first.connect()
  await first.until('the override is read', ({ override }) => override.state === 'off')
  await account.setFault({ kind: 'slow', ms: 100, method: 'POST', times: 1 })
  await first.ask('openConfirmation', { direction: 'disconnect' })
  await first.windows.confirmation!.hold('On the way out')
  await first.quit()

  const second = await Fleetlight.start({ profile, account, keychain: first.keychain })
  expect((await second.ledgerStates()).slice(0, 2)).toEqual(['intended', 'sent'])
})

test('what was not watched between two runs is said', async () => {
  const account = await openAccount()
  const profile = freshProfile()
  const first = await Fleetlight.start({ profile, account })
  await first.connect()
  await first.pass(90)
  await first.crash()
  account.clock.step(account.clock.now() + 3_600_000)
  const second = await Fleetlight.start({ profile, account, keychain: first.keychain })
  const { gap } = second.snapshot
  expect((gap?.to ?? 0) - (gap?.from ?? 0)).toBeGreaterThanOrEqual(3_600_000)
})
