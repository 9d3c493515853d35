import { expect, onTestFinished, test, vi } from 'vitest'

import { startDesk } from '../../build/desk.ts'
import { watchUnlock } from '../../main/desktop/screen-lock.ts'
import { openSessionBus } from '../../main/desktop/session-bus.ts'

vi.setConfig({ testTimeout: 30_000 })

test('a screen that is unlocked is told, one that is locked is not, and after the undo neither', async () => {
  const desk = await startDesk({ keyring: 'none', hasTrayHost: false, hasNotifications: false })
  onTestFinished(() => desk.stop())
  const bus = await openSessionBus(desk.env)
  if (!bus.ok) throw new Error(bus.failure.detail)
  onTestFinished(() => {
    bus.value.close()
  })
  const tell = vi.fn()
  const undo = await watchUnlock(bus.value, tell)
  const emit = (name: string, isActive: boolean) =>
    desk.run(['gdbus', 'emit', '--session', '-o', '/ScreenSaver', '-s', `${name}.ActiveChanged`, String(isActive)])

  await emit('org.freedesktop.ScreenSaver', true)
  await emit('org.freedesktop.ScreenSaver', false)
  await vi.waitFor(() => {
    expect(tell).toHaveBeenCalledTimes(1)
  })
  await emit('org.gnome.ScreenSaver', false)
  await vi.waitFor(() => {
    expect(tell).toHaveBeenCalledTimes(2)
  })
  undo()
  await emit('org.freedesktop.ScreenSaver', false)
  // The bus keeps the order: once it has answered this, the signal before would have come.
  await bus.value.call({
    destination: 'org.freedesktop.DBus',
    path: '/',
    interface: 'org.freedesktop.DBus',
    member: 'GetId',
    args: [],
  })
  expect(tell).toHaveBeenCalledTimes(2)
})
