import { expect, test } from 'vitest'

import type { Ledger } from '../../main/engine/ports.ts'
import { fail } from '../../main/engine/failure.ts'
import { freshProfile } from '../store/profile.ts'
import { openAccount, type TestAccount } from './harness/account.ts'
import { Fleetlight, type FleetlightOptions } from './harness/fleetlight.ts'

async function watching(account: TestAccount, options: Partial<FleetlightOptions> = {}): Promise<Fleetlight> {
  const fleetlight = await Fleetlight.start({ profile: freshProfile(), account, ...options })
  await fleetlight.connect()
  await fleetlight.until('both are read', ({ fleet, override }) => fleet !== null && override.state !== 'unknown')
  return fleetlight
}

test('on and off: recorded before, sent once with the reason, read back, and the fleet follows', async () => {
  const account = await openAccount()
  const fleetlight = await watching(account)
  const before = fleetlight.snapshot.fleet?.connected ?? 0

  expect(await fleetlight.switchOverride('disconnect', 'Gateway is down in FRA')).toEqual({ ok: true, value: null })
  await fleetlight.until('it is read back', ({ override }) => override.state === 'on')
  expect(fleetlight.snapshot.face.name).toBe('override-on')
  const [post] = account.received('POST')
  expect(post).toMatchObject({ role: 'act', body: { disconnect: true } })
  expect((post?.body as { readonly justification: string }).justification).toMatch(
    /^fleetlight\/1 id=[0-9a-f-]{36} revert=hand inc=- \| Gateway is down in FRA$/,
  )
  await fleetlight.until('the fleet follows', ({ fleet }) => (fleet?.connected ?? before) < before / 2)

  expect(await fleetlight.switchOverride('reconnect', 'Gateway is back')).toEqual({ ok: true, value: null })
  await fleetlight.until('it is read back', ({ override }) => override.state === 'off')
  await fleetlight.until('the fleet returns', ({ fleet }) => (fleet?.connected ?? 0) > 0.8 * before)

  expect(account.received('POST')).toHaveLength(2)
  expect(await fleetlight.ledgerStates()).toEqual(['intended', 'sent', 'confirmed', 'intended', 'sent', 'confirmed'])
})

test('a lost reply is unconfirmed, then settled by reading, with one POST', async () => {
  const account = await openAccount()
  const fleetlight = await watching(account)
  await account.setFault({ kind: 'lostReply', method: 'POST' })
  await fleetlight.switchOverride('disconnect', 'No answer to this one')
  expect(fleetlight.snapshot.override.intent.kind).toBe('unconfirmed')
  await fleetlight.until('reading settles it', ({ override }) => override.intent.kind === 'converging')
  expect(await fleetlight.ledgerStates()).toEqual(['intended', 'unconfirmed', 'confirmed'])
  await fleetlight.pass(300)
  expect(account.received('POST')).toHaveLength(1)
})

test('a POST that never arrived is contradicted by readings, and not sent again', async () => {
  const account = await openAccount()
  const fleetlight = await watching(account)
  await account.setFault({ kind: 'cut', method: 'POST' })
  await fleetlight.switchOverride('disconnect', 'Cut on its way')
  await fleetlight.until('readings settle it', ({ override }) => override.intent.kind === 'settled')
  expect(fleetlight.snapshot.override.intent).toMatchObject({ outcome: 'contradicted' })
  expect(await fleetlight.ledgerStates()).toEqual(['intended', 'unconfirmed', 'contradicted'])
  expect(account.received('POST')).toHaveLength(1)
})

test('a missing permission is named, and the ledger keeps the attempt', async () => {
  const account = await openAccount()
  const fleetlight = await watching(account)
  await account.setFault({ kind: 'forbidden', method: 'POST' })
  await fleetlight.switchOverride('disconnect', 'May I')
  expect(fleetlight.snapshot.override.intent).toMatchObject({
    kind: 'refused',
    failure: { kind: 'forbidden', scope: 'Zero Trust Resilience Write' },
  })
  expect(await fleetlight.ledgerStates()).toEqual(['intended', 'refused'])
})

test('what the ledger cannot record is not sent, and the window that asked is told', async () => {
  const account = await openAccount()
  const full = (real: Ledger): Ledger => ({
    ...real,
    append: () => Promise.resolve(fail({ kind: 'full', detail: 'database or disk is full' } as const)),
  })
  const fleetlight = await watching(account, { ledger: full })
  const reply = await fleetlight.switchOverride('disconnect', 'With a full disk')
  expect(reply).toMatchObject({
    ok: false,
    kind: 'notRecorded',
    message: expect.stringContaining('disk is full') as string,
  })
  expect(account.received('POST')).toEqual([])
  expect(fleetlight.said.join()).toContain('nothing was sent')
})

test('the confirmation says what will happen, from what was read', async () => {
  const account = await openAccount()
  const fleetlight = await watching(account)
  await fleetlight.ask('openConfirmation', { direction: 'disconnect' })
  const plan = fleetlight.windows.confirmation?.plan
  expect(plan).toMatchObject({ accountName: account.accountName, seen: 'off', mustTypeAccount: false, refusal: null })
  expect(plan?.summary).toContain('10 minutes')
  expect(plan?.affects).toBeGreaterThan(10)
  expect(plan?.affects).toBeLessThanOrEqual(fleetlight.snapshot.fleet?.connected ?? 0)
})

test('one confirmation at a time: asking again brings it to the front, as it is', async () => {
  const account = await openAccount()
  const fleetlight = await watching(account)
  await fleetlight.ask('openConfirmation', { direction: 'disconnect' })
  const window = fleetlight.windows.confirmation
  await fleetlight.ask('openConfirmation', { direction: 'disconnect' })
  const other = await fleetlight.windows.invoke('openConfirmation', { direction: 'reconnect' })
  expect(other).toMatchObject({ ok: false, kind: 'open' })
  expect(fleetlight.windows.confirmation).toBe(window)
  expect(window?.timesShown).toBe(3)
  expect(fleetlight.snapshot.override.intent).toMatchObject({ kind: 'confirming', direction: 'disconnect' })
  window?.close()
  expect(fleetlight.snapshot.override.intent.kind).toBe('none')
})

test('an act needs the nonce of its window, and has it once', async () => {
  const account = await openAccount()
  const fleetlight = await watching(account)
  await fleetlight.ask('openConfirmation', { direction: 'disconnect' })
  const window = fleetlight.windows.confirmation!
  expect(await window.hold('Forged', { nonce: crypto.randomUUID() })).toMatchObject({ ok: false, kind: 'nonce' })
  expect(account.received('POST')).toEqual([])
  const [first, second] = await Promise.all([window.hold('Twice'), window.hold('Twice')])
  expect([first.ok, second.ok]).toEqual([true, false])
  await fleetlight.pass(60)
  expect(account.received('POST')).toHaveLength(1)
})

test('with two connections the name of the account is typed', async () => {
  const [account, other] = [await openAccount(), await openAccount({ seed: 8 })]
  const fleetlight = await watching(account, { startDemo: () => Promise.resolve({ ...other }) })
  const [real] = await fleetlight.ask('connections', {})
  await fleetlight.ask('tryDemo', {})
  await fleetlight.ask('activateConnection', { connection: real!.id })
  await fleetlight.ask('openConfirmation', { direction: 'disconnect' })
  const window = fleetlight.windows.confirmation!
  expect(window.plan.mustTypeAccount).toBe(true)
  expect(await window.hold('Wrong one', { typedAccount: 'Another Ltd' })).toMatchObject({ ok: false, kind: 'account' })
  window.close()
  await fleetlight.ask('openConfirmation', { direction: 'disconnect' })
  const again = await fleetlight.windows.confirmation!.hold('Right one', { typedAccount: account.accountName })
  expect(again.ok).toBe(true)
})

test('a confirmation of an account that is no longer watched sends nothing', async () => {
  const [account, other] = [await openAccount(), await openAccount({ seed: 8 })]
  const fleetlight = await watching(account, { startDemo: () => Promise.resolve({ ...other }) })
  await fleetlight.ask('openConfirmation', { direction: 'disconnect' })
  const window = fleetlight.windows.confirmation!
  await fleetlight.ask('tryDemo', {})
  expect(await window.hold('Too late')).toMatchObject({ ok: false, kind: 'changed' })
  await fleetlight.pass(30)
  expect([...account.received('POST'), ...other.received('POST')]).toEqual([])
})

test('another account is not watched while a switch is on its way', async () => {
  const [account, other] = [await openAccount(), await openAccount({ seed: 8 })]
  const fleetlight = await watching(account, { startDemo: () => Promise.resolve({ ...other }) })
  await account.setFault({ kind: 'slow', ms: 150, method: 'POST' })
  await fleetlight.ask('openConfirmation', { direction: 'disconnect' })
  await fleetlight.windows.confirmation!.hold('Slowly')
  const reply = await fleetlight.windows.invoke('tryDemo', {})
  expect(reply).toMatchObject({ ok: false, kind: 'switching' })
  await fleetlight.until('its result is known', ({ override }) => override.state === 'on')
  expect(await fleetlight.windows.invoke('tryDemo', {})).toMatchObject({ ok: true })
})

test("somebody else's switch is noticed, told once and attributed", async () => {
  const account = await openAccount()
  const fleetlight = await watching(account)
  account.switchedBy('ana@example.com', true, 'Maintenance of the proxies')
  await fleetlight.until('it is seen', ({ override }) => override.state === 'on')
  const seen = await fleetlight.until('it is attributed', ({ override }) => override.switchedBy.kind === 'known')
  expect(seen.override.switchedBy).toMatchObject({ byUs: false, entry: { actor: 'ana@example.com' } })
  await fleetlight.pass(120)
  const told = fleetlight.notices.filter(({ key }) => key.startsWith('override-on'))
  expect(told).toHaveLength(1)
  expect(await fleetlight.ledgerStates()).toEqual([])
})
