import { mkdirSync, rmdirSync } from 'node:fs'
import { join } from 'node:path'

import { expect, test, vi } from 'vitest'

import { freshProfile } from '../store/profile.ts'
import { openAccount } from './harness/account.ts'
import { Fleetlight } from './harness/fleetlight.ts'

test('a store that cannot be had at all is said; watching begins, and nothing can be switched unrecorded', async () => {
  const account = await openAccount()
  const storeWorker = new URL('./fixtures/dead-store.ts', import.meta.url)
  const fleetlight = await Fleetlight.start({ profile: freshProfile(), account, storeWorker })
  await fleetlight.connect()
  await fleetlight.until('both are read', ({ fleet, override }) => fleet !== null && override.state === 'off')
  const said = fleetlight.said.join()
  expect(said).toContain('nothing of it is recorded')
  expect(said).toContain('The ledger cannot be read')
  expect(await fleetlight.ask('series', { dimension: 'connected', hours: 1 })).toMatchObject({ lines: [] })
  expect(await fleetlight.windows.invoke('ledger', { before: null })).toMatchObject({ ok: false, kind: 'store' })
  const reply = await fleetlight.switchOverride('disconnect', 'Unrecorded')
  expect(reply).toMatchObject({ ok: false, kind: 'notRecorded' })
  expect(account.received('POST')).toEqual([])
  expect((await fleetlight.ask('activity', { before: null })).length).toBeGreaterThan(0)
})

test('the status file follows what is known', async () => {
  const account = await openAccount()
  const fleetlight = await Fleetlight.start({ profile: freshProfile(), account })
  expect(fleetlight.status()).toMatchObject({ schema: 1, face: 'signed-out', fleet: null })
  await fleetlight.connect()
  await fleetlight.until('both are read', ({ fleet, override }) => fleet !== null && override.state === 'off')
  expect(fleetlight.status()).toMatchObject({
    face: fleetlight.snapshot.face.name,
    override: { state: 'off', intent: 'none' },
    fleet: { total: fleetlight.snapshot.fleet?.total },
  })
  await fleetlight.pass(25)
  const { writtenAt } = fleetlight.status() as { readonly writtenAt: number }
  expect(fleetlight.clock.now() - writtenAt).toBeLessThan(20_000)
})

test('a status file that cannot be written stops nothing', async () => {
  const account = await openAccount()
  const fleetlight = await Fleetlight.start({ profile: freshProfile(), account })
  const draft = join(fleetlight.profile, 'status.json.new')
  mkdirSync(draft)
  await fleetlight.connect()
  await fleetlight.until('the override is read', ({ override }) => override.state === 'off')
  expect(fleetlight.status()).toMatchObject({ face: 'signed-out' })
  rmdirSync(draft)
  await fleetlight.pass(25)
  expect(fleetlight.status()).toMatchObject({ override: { state: 'off' } })
})

test('a window that cannot be drawn stops nothing', async () => {
  const account = await openAccount()
  const fleetlight = await Fleetlight.start({ profile: freshProfile(), account })
  const show = vi.spyOn(fleetlight.windows.shell, 'show').mockImplementation(() => {
    throw new Error('no window')
  })
  await fleetlight.connect()
  await fleetlight.until('the override is read', ({ override }) => override.state === 'off')
  expect(show).toHaveBeenCalled()
  expect(fleetlight.status()).toMatchObject({ override: { state: 'off' } })
})

test('notifications are paused until a moment, also over a restart, and the event is still in Activity', async () => {
  const account = await openAccount()
  const profile = freshProfile()
  const first = await Fleetlight.start({ profile, account })
  await first.connect()
  await first.until('the override is read', ({ override }) => override.state === 'off')
  await first.ask('pauseNotifications', { until: '2 hours' })
  await first.quit()

  const second = await Fleetlight.start({ profile, account, keychain: first.keychain })
  expect(second.snapshot.notificationsPausedUntil).toBe(account.clock.now() + 7_200_000)
  await second.until('the override is read', ({ override }) => override.state === 'off')
  account.switchedBy('ana@example.com', true, null)
  await second.until('it is seen', ({ override }) => override.state === 'on')
  expect(second.notices).toEqual([])
  const activity = await second.ask('activity', { before: null })
  expect(activity.map(({ text }) => text).join()).toMatch(/override/i)

  await second.ask('pauseNotifications', { until: null })
  account.switchedBy('ana@example.com', false, null)
  await second.until('it is told', () => second.notices.length > 0)
})

test('settings hold at once, and a range that contradicts itself is refused', async () => {
  const account = await openAccount()
  const fleetlight = await Fleetlight.start({ profile: freshProfile(), account })
  await fleetlight.connect()
  const settings = await fleetlight.ask('settings', {})
  await fleetlight.ask('saveSettings', { ...settings, overridePollSeconds: 5, theme: 'dark', openAtLogin: true })
  expect(fleetlight.windows).toMatchObject({ theme: 'dark', opensAtLogin: true })
  const before = account.received().length
  await fleetlight.pass(60)
  const readings = account
    .received()
    .slice(before)
    .filter(({ path }) => path.endsWith('/resilience/disconnect'))
  expect(readings.length).toBeGreaterThanOrEqual(10)
  const reply = await fleetlight.windows.invoke('saveSettings', { ...settings, degradedPercent: 50 })
  expect(reply).toMatchObject({ ok: false, kind: 'range' })
})
