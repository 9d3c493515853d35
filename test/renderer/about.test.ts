import { screen } from '@testing-library/svelte'
import { expect, test } from 'vitest'

import { go, openApp, textOf } from './fixtures/open-app.ts'
import { situations } from './fixtures/situations.ts'
import { viewOf } from './fixtures/snapshots.ts'

const installation = () => textOf(screen.getByRole('region', { name: 'This installation' }))
const leaves = () => textOf(screen.getByRole('region', { name: 'What leaves this machine' }))

test('version, runtime and profile are what a report of a fault needs', async () => {
  await openApp()
  await go('About')
  expect(installation()).toContain('Version 0.1.0 Runtime Electron 45.4.1')
  expect(installation()).toContain('Profile folder /home/jo/.config/Fleetlight Tray shown')
  expect(leaves()).toContain('https://api.cloudflare.com')
})

test('what does not work on this desktop is named', async () => {
  await openApp({
    view: viewOf(
      {},
      { tray: 'noHost', notifications: 'missing', keychain: { kind: 'silent', detail: 'no answer within 20 s' } },
    ),
  })
  await go('About')
  expect(installation()).toMatch(/this desktop has no tray.*no service here.*does not answer: no answer within 20 s/)
})

test('nothing leaves the machine on the demo account', async () => {
  await openApp(situations.demoObserver)
  await go('About')
  expect(leaves()).toContain('Nothing: the demo account runs on this machine.')
  expect(leaves()).not.toContain('api.cloudflare.com')
})
