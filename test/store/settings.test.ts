import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { expect, test, vi } from 'vitest'

import { openSettings } from '../../main/store/settings.ts'
import { defaultStored, parseStored, type SettingsMigration } from '../../main/store/settings-schema.ts'
import { filesNamed, freshProfile } from './profile.ts'

// electron-store imports electron, whose package looks for its runtime at once: here a name is enough.
vi.hoisted(() => {
  process.env.ELECTRON_OVERRIDE_DIST_PATH ??= 'none'
})

const connection = {
  id: 'b0e7',
  accountId: 'account-1',
  accountName: 'Example Ltd',
  address: 'https://api.cloudflare.com/client/v4',
  isDemo: false,
  actsWith: 'none',
  tokensHeldIn: 'keychain',
  expiresOn: { watch: null, act: null },
  addedAt: 1,
} as const

function open(profile: string) {
  const notices: string[] = []
  return { settings: openSettings(profile, (sentence) => notices.push(sentence)), notices }
}

test('a new profile has defaults and no connection', () => {
  const { settings, notices } = open(freshProfile())
  expect(settings.settings()).toMatchObject({ overridePollSeconds: 10, fleetPollSeconds: 30, theme: 'system' })
  expect([settings.connections(), settings.activeConnection(), settings.windowBounds()]).toEqual([[], null, null])
  expect(notices).toEqual([])
})

test('what was saved is there after a restart', () => {
  const profile = freshProfile()
  const { settings } = open(profile)
  settings.saveSettings({ ...settings.settings(), theme: 'dark' })
  settings.saveConnections([connection])
  settings.activate('b0e7')
  settings.pauseNotifications(99)
  settings.saveWindowBounds({ x: -5, y: 0, width: 800, height: 600 })
  const { settings: again, notices } = open(profile)
  expect(again.settings().theme).toBe('dark')
  expect(again.connections()).toEqual([connection])
  expect(again.activeConnection()).toBe('b0e7')
  expect(again.notificationsPausedUntil()).toBe(99)
  expect(again.windowBounds()).toEqual({ x: -5, y: 0, width: 800, height: 600 })
  expect(notices).toEqual([])
})

test('the file is for this user only, before and after it is written again', () => {
  const profile = freshProfile()
  const { settings } = open(profile)
  settings.activate(null)
  settings.pauseNotifications(5)
  expect(statSync(join(profile, 'settings.json')).mode & 0o777).toBe(0o600)
})

test('what was handed in or out cannot be changed from outside', () => {
  const { settings } = open(freshProfile())
  const mine = { ...settings.settings() }
  settings.saveSettings(mine)
  mine.theme = 'dark'
  expect(settings.settings().theme).toBe('system')
  expect(() => {
    Object.assign(settings.settings(), { theme: 'dark' })
  }).toThrow(TypeError)
})

test('a connection that is gone is not the active one', () => {
  const { settings } = open(freshProfile())
  settings.saveConnections([connection])
  settings.activate('b0e7')
  settings.saveConnections([])
  expect(settings.activeConnection()).toBeNull()
})

test.each([
  ['no JSON', '{"version": 1,'],
  ['no version', '{}'],
  ['a list', '[]'],
  [
    'a value out of range',
    JSON.stringify({ version: 1, ...defaultStored, windowBounds: { x: 0, y: 0, width: 0, height: 1 } }),
  ],
  [
    'a script for an address',
    JSON.stringify({ version: 1, ...defaultStored, connections: [{ ...connection, address: 'javascript:1' }] }),
  ],
  ['an active connection that does not exist', JSON.stringify({ version: 1, ...defaultStored, activeConnection: 'x' })],
])('a file with %s is set aside whole, with a notice, and begun anew', (_what, text) => {
  const profile = freshProfile()
  writeFileSync(join(profile, 'settings.json'), text)
  const { settings, notices } = open(profile)
  settings.saveConnections([connection])
  const [aside] = filesNamed(profile, 'settings.json.damaged-')
  expect(readFileSync(join(profile, aside!), 'utf8')).toBe(text)
  expect(notices).toEqual([expect.stringContaining(aside!)])
  expect(open(profile).settings.connections()).toEqual([connection])
})

test('a file of a newer version is kept aside, not read', () => {
  const profile = freshProfile()
  writeFileSync(join(profile, 'settings.json'), JSON.stringify({ version: 9, ...defaultStored }))
  expect(open(profile).notices).toEqual([expect.stringContaining('newer Fleetlight')])
  expect(filesNamed(profile, 'settings.json.newer-')).toHaveLength(1)
})

test('an older file is brought forward one version at a time', () => {
  const steps: SettingsMigration[] = [
    ({ pausedUntil, ...rest }) => ({ ...rest, paused: pausedUntil }),
    ({ paused, ...rest }) => ({ ...rest, notificationsPausedUntil: paused }),
  ]
  const older = { ...defaultStored, notificationsPausedUntil: undefined }
  const fromFirst = parseStored({ ...older, version: 1, pausedUntil: 7 }, steps)
  const fromSecond = parseStored({ ...older, version: 2, paused: 8 }, steps)
  expect(fromFirst).toMatchObject({ kind: 'read', stored: { notificationsPausedUntil: 7 } })
  expect(fromSecond).toMatchObject({ kind: 'read', stored: { notificationsPausedUntil: 8 } })
})

test('settings that cannot be written hold until quit, and a notice says so', () => {
  const profile = freshProfile()
  const { settings, notices } = open(profile)
  rmSync(join(profile, 'settings.json'), { force: true })
  mkdirSync(join(profile, 'settings.json'))
  settings.pauseNotifications(5)
  expect(settings.notificationsPausedUntil()).toBe(5)
  expect(notices).toEqual([expect.stringContaining('cannot be saved')])
})
