import { rmSync } from 'node:fs'

import { afterAll, afterEach, beforeAll, expect, onTestFinished, test, vi } from 'vitest'

import { startDesk, type Desk, type DeskOptions } from '../../build/desk.ts'
import type { Notice } from '../../main/engine/events.ts'
import { buildTrayApp, TrayApp } from './tray-app.ts'

// A desk and an Electron for each test, beside whatever else runs.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 })

let folder: string
let desk: Desk

beforeAll(async () => {
  folder = await buildTrayApp()
})

afterAll(() => {
  rmSync(folder, { recursive: true })
})

afterEach(async () => {
  await desk.stop()
})

async function begin(options: DeskOptions = {}, speed = 1): Promise<TrayApp> {
  desk = await startDesk({ keyring: 'none', hasTrayHost: false, ...options })
  const app = await TrayApp.launch(folder, desk, { FIXTURE_SPEED: String(speed) })
  onTestFinished(() => app.quit())
  return app
}

function notice(changes: Partial<Notice> = {}): Notice {
  return { key: 'k', urgency: 'normal', title: 'Down', body: 'All of it', opens: 'overview', ...changes }
}

test('shows a notice with its urgency, its text as text, and leads to its view', async () => {
  const app = await begin()
  await app.hears({ service: 'working' })
  app.order({
    name: 'notify',
    notice: notice({ urgency: 'critical', title: 'Override on', body: 'by <b>R&D</b>', opens: 'override' }),
  })
  const told = await desk.notifications.waitFor(/Override on/)
  // The service reads markup: this is what it shows as <b>R&D</b>.
  expect(told).toMatchObject({ urgency: 'critical', body: 'by &lt;b&gt;R&amp;D&lt;/b&gt;' })
  await desk.notifications.click(/Override on/)
  await app.hears({ clicked: 'override' })
})

test('tells one event once, and several in turn', async () => {
  const app = await begin()
  for (const key of ['a', 'a', 'b', 'a', 'c']) {
    app.order({ name: 'notify', notice: notice({ key, title: `Event ${key}`, urgency: 'low' }) })
  }
  await desk.notifications.waitFor(/Event c/)
  const all = desk.notifications.all()
  expect(all.map(({ summary, urgency }) => [summary, urgency])).toEqual([
    ['Event a', 'low'],
    ['Event b', 'low'],
    ['Event c', 'low'],
  ])
})

test('says that the service is missing, keeps what it could not tell, and tells it when a service comes', async () => {
  const app = await begin({ hasNotifications: false })
  await app.hears({ service: 'missing' })
  app.order({ name: 'notify', notice: notice({ key: 'a', title: 'First' }) })
  app.order({ name: 'notify', notice: notice({ key: 'b', title: 'Second' }) })
  await app.hears({ event: 'notification not shown', key: 'a' })
  await desk.startNotifications()
  await desk.notifications.waitFor(/Second/)
  expect(desk.notifications.all().map(({ summary }) => summary)).toEqual(['First', 'Second'])
  await app.hears({ service: 'working' })
  const before = app.told.length
  await desk.stopNotifications()
  await app.hears({ service: 'missing' }, before)
})

test('is not held up by a service that hangs, calls it missing, and tries again later', async () => {
  const app = await begin({}, 60)
  const service = 'org.freedesktop.Notifications'
  const bus = { name: 'org.freedesktop.DBus', path: '/', interface: 'org.freedesktop.DBus' }
  const [pid] = await desk.bus.call(bus, 'GetConnectionUnixProcessID', 's', service)
  process.kill(Number(pid), 'SIGSTOP')
  app.order({ name: 'notify', notice: notice({ title: 'Held' }) })
  await app.hears({ event: 'notification not shown', key: 'k' })
  await app.hears({ service: 'missing' })
  const before = app.told.length
  process.kill(Number(pid), 'SIGCONT')
  await desk.notifications.waitFor(/Held/)
  await app.hears({ service: 'working' }, before)
})
