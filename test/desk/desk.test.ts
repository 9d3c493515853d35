import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import path from 'node:path'
import { createInterface } from 'node:readline'

import { afterEach, expect, test } from 'vitest'

import { startDesk, type Desk, type DeskOptions } from '../../build/desk.ts'
import { until } from '../../build/desk/until.ts'

const open: Desk[] = []

async function desk(options?: DeskOptions): Promise<Desk> {
  const one = await startDesk(options)
  open.push(one)
  return one
}

afterEach(async () => {
  for (const one of open.splice(0)) await one.stop()
})

const store = 'echo hush | secret-tool store --label=x service desk account a'

test('an open keyring keeps a secret', async () => {
  const { run } = bound(await desk())
  await run(['sh', '-c', store])
  expect(await run(['secret-tool', 'lookup', 'service', 'desk', 'account', 'a'])).toBe('hush\n')
})

test('a locked keyring waits for a person', async () => {
  const { run } = bound(await desk({ keyring: 'locked' }))
  await expect(run(['timeout', '1', 'sh', '-c', store])).rejects.toThrow('timeout 1')
})

test('what a desk is without cannot be had', async () => {
  const bare = await desk({ keyring: 'none', hasTrayHost: false, hasNotifications: false })
  await expect(bare.run(['sh', '-c', store])).rejects.toThrow('org.freedesktop.secrets')
  expect(await bare.bus.isOwned('org.freedesktop.Notifications')).toBe(false)
  expect(await bare.tray.item()).toBeNull()
})

test('notifications are read from the bus and can be clicked', async () => {
  const { run, notifications } = bound(await desk())
  const waiting = run(['timeout', '20', 'dunstify', '--action=default,Open', '--urgency=critical', 'Down', 'a < b'])
  const told = await notifications.waitFor(/Down/)
  expect(told).toMatchObject({ body: 'a < b', urgency: 'critical', actions: ['default', 'Open'] })
  await notifications.click(/Down/)
  expect((await waiting).trim()).toBe('default')
})

test('the tray host goes and comes back', async () => {
  const one = await desk({ keyring: 'none' })
  await one.stopTrayHost()
  expect(await one.bus.isOwned('org.kde.StatusNotifierWatcher')).toBe(false)
  await one.startTrayHost()
  expect(await one.bus.isOwned('org.kde.StatusNotifierWatcher')).toBe(true)
})

test('desks stand beside each other', async () => {
  const [one, other] = await Promise.all([desk(), desk()])
  expect(one.env.DISPLAY).not.toBe(other.env.DISPLAY)
  await bound(one).run(['sh', '-c', store])
  await expect(other.run(['secret-tool', 'lookup', 'service', 'desk', 'account', 'a'])).rejects.toThrow('secret-tool')
})

test.each(['SIGTERM', 'SIGKILL'] as const)('no process of it outlives a %s of its owner', async (signal) => {
  const owner = spawn(process.execPath, [path.join(import.meta.dirname, 'fixtures/desk-owner.ts')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [line] = (await once(createInterface(owner.stdout), 'line')) as [string]
  const { home, display } = JSON.parse(line) as { home: string; display: string }
  const gone = once(owner, 'exit')
  owner.kill(signal)
  await gone
  const socket = `/tmp/.X11-unix/X${display.slice(1)}`
  await until('a dead screen', async () => ((await isAnswering(socket)) ? null : true))
  // Nothing can delete a folder after a SIGKILL; its processes are gone all the same.
  if (signal === 'SIGTERM') expect(existsSync(home)).toBe(false)
  rmSync(path.dirname(home), { recursive: true, force: true })
})

/** Methods of a desk that can be taken out of it. */
function bound(one: Desk) {
  return { run: (command: readonly string[]) => one.run(command), notifications: one.notifications }
}

function isAnswering(socket: string): Promise<boolean> {
  return new Promise((resolve) => {
    const connection = connect(socket)
    connection.on('connect', () => {
      connection.destroy()
      resolve(true)
    })
    connection.on('error', () => {
      resolve(false)
    })
  })
}
