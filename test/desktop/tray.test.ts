import { rmSync } from 'node:fs'

import { afterAll, afterEach, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest'

import { startDesk, type Desk, type DeskOptions } from '../../build/desk.ts'
import { flatten } from '../../build/desk/tray.ts'
import { describeStart } from '../../main/engine/tray.ts'
import type { TrayEntry, TrayIcon, TrayPicture } from '../../main/engine/tray-picture.ts'
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

/** Starts the tray alone on a new desk. Ten minutes pass in so many seconds when `speed` is 600 / seconds. */
async function begin(options: DeskOptions = {}, speed = 1): Promise<TrayApp> {
  desk = await startDesk({ keyring: 'none', hasNotifications: false, ...options })
  const app = await TrayApp.launch(folder, desk, { FIXTURE_SPEED: String(speed) })
  onTestFinished(() => app.quit())
  return app
}

function picture(face: TrayIcon['face'], menu: readonly TrayEntry[] = describeStart().menu): TrayPicture {
  return { icon: { face, isStale: false, isDemo: false }, tooltip: `It is ${face} & read`, menu }
}

describe('the tray', () => {
  test('shows face, tooltip and menu, and sends what is clicked', async () => {
    const app = await begin()
    const first = await desk.tray.waitFor('the start', ({ tooltip }) => tooltip === 'Fleetlight is starting')
    app.order({
      name: 'draw',
      picture: picture('well', [
        { kind: 'text', label: 'Lost & found' },
        { kind: 'separator' },
        { kind: 'command', label: 'Act...', command: { name: 'openConfirmation', direction: 'disconnect' } },
        {
          kind: 'submenu',
          label: 'Pause',
          entries: [{ kind: 'command', label: 'Long', command: { name: 'pauseNotifications', until: 'morning' } }],
        },
      ]),
    })
    const item = await desk.tray.waitFor('well', ({ tooltip }) => tooltip === 'It is well & read')
    expect(item.iconHash).not.toBe(first.iconHash)

    const entries = flatten(await desk.tray.menu())
    expect(entries.map(({ label, isEnabled }) => [label, isEnabled])).toEqual([
      ['Lost & found', false],
      ['', true],
      ['Act...', true],
      ['Pause', true],
      ['Long', true],
    ])
    await desk.tray.click('Act...')
    await app.hears({ command: { name: 'openConfirmation', direction: 'disconnect' } })
    await desk.tray.click('Long')
    await app.hears({ command: { name: 'pauseNotifications', until: 'morning' } })
    await desk.tray.activate()
    await app.hears({ command: { name: 'open', view: null } })
  })

  test('keeps its menu, so that it can stay open, until it says something else', async () => {
    const app = await begin()
    await desk.tray.waitFor('the start')
    const ids = async () => (await desk.tray.menu()).map(({ id }) => id)
    app.order({ name: 'draw', picture: picture('well') })
    const well = await desk.tray.waitFor('well', ({ tooltip }) => tooltip.includes('well'))
    const before = await ids()
    app.order({ name: 'draw', picture: { ...picture('degraded'), tooltip: picture('well').tooltip } })
    await desk.tray.waitFor('degraded', ({ iconHash }) => iconHash !== well.iconHash)
    expect(await ids()).toEqual(before)
    app.order({ name: 'draw', picture: picture('critical', [{ kind: 'text', label: 'New' }]) })
    await desk.tray.waitFor('critical', ({ tooltip }) => tooltip.includes('critical'))
    expect((await desk.tray.menu()).map(({ label }) => label)).toEqual(['New'])
  })

  test('comes back as it was when its host restarts, and nobody is told that there is no host', async () => {
    const app = await begin()
    app.order({ name: 'draw', picture: picture('override-on', [{ kind: 'text', label: 'Still here' }]) })
    const before = await desk.tray.waitFor('override on', ({ tooltip }) => tooltip.includes('override-on'))
    for (let restart = 0; restart < 2; restart++) {
      await desk.stopTrayHost()
      await desk.startTrayHost()
      const after = await desk.tray.waitFor('shown again', ({ tooltip }) => tooltip.includes('override-on'))
      expect(after.iconHash).toBe(before.iconHash)
      expect((await desk.tray.menu()).map(({ label }) => label)).toEqual(['Still here'])
    }
    await desk.tray.activate()
    await app.hears({ command: { name: 'open', view: null } })
    expect(app.told.filter(({ host }) => host !== undefined)).toEqual([{ host: 'shown' }])
  })

  test('tells that no host is there, and that one came, where it then is shown', async () => {
    const app = await begin({ hasTrayHost: false }, 20)
    await app.hears({ host: 'noHost' })
    app.order({ name: 'draw', picture: picture('critical') })
    await desk.startTrayHost()
    await desk.tray.waitFor('critical', ({ tooltip }) => tooltip.includes('critical'))
    await app.hears({ host: 'shown' })
    await desk.stopTrayHost()
    await app.hears({ host: 'noHost' }, app.told.length)
  })

  test('turns to stale by itself when no face comes any more, and back when one does', async () => {
    const app = await begin({}, 60)
    app.order({ name: 'draw', picture: picture('well') })
    const well = await desk.tray.waitFor('well', ({ tooltip }) => tooltip.includes('well'))
    const silent = await desk.tray.waitFor('silence', ({ tooltip }) => tooltip.includes('nothing new'))
    expect(silent.iconHash).not.toBe(well.iconHash)
    expect((await desk.tray.menu()).map(({ label }) => label)).toContain('If this stays, quit and start it again')
    app.order({ name: 'draw', picture: picture('well') })
    const again = await desk.tray.waitFor('well', ({ tooltip }) => tooltip.includes('well'))
    expect(again.iconHash).toBe(well.iconHash)
  })

  test('is no reason to fail where there is no session bus', async () => {
    desk = await startDesk({ keyring: 'none', hasNotifications: false })
    const nowhere = { DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nonexistent/bus', FIXTURE_SPEED: '20' }
    const app = await TrayApp.launch(folder, desk, nowhere)
    onTestFinished(() => app.quit())
    await app.hears({ host: 'noHost' })
    expect(app.told).toEqual([{ bus: 'absent' }, { service: 'missing' }, { ready: true }, { host: 'noHost' }])
  })
})
