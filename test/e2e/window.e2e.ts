import type { JSHandle, Page } from '@playwright/test'
import type { BrowserWindow, Rectangle } from 'electron'

import type { AppDriver } from '../../build/desk/app.ts'
import { expect, test } from './fleetlight.ts'

async function windowOf(app: AppDriver, page: Page): Promise<JSHandle<BrowserWindow>> {
  return (await app.electron.browserWindow(page)) as JSHandle<BrowserWindow>
}

async function closeDashboard(app: AppDriver): Promise<void> {
  const page = await app.dashboard()
  await Promise.all([page.waitForEvent('close'), page.close()])
}

test('the window comes back where it was, after closing and after a quit', async ({ fleetlight, desk }) => {
  const boundsOf = async (app: AppDriver) => {
    const window = await windowOf(app, await app.dashboard())
    return window.evaluate((one) => one.getBounds())
  }
  const place = async (app: AppDriver, bounds: Rectangle) => {
    const window = await windowOf(app, await app.dashboard())
    await window.evaluate((one, to) => {
      one.setBounds(to)
    }, bounds)
    await expect.poll(() => boundsOf(app)).toEqual(bounds)
  }
  let app = await fleetlight.launchConnected()
  const first = { x: 150, y: 120, width: 900, height: 620 }
  await place(app, first)
  await closeDashboard(app)
  expect(await app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(0)
  await desk.tray.activate()
  await expect.poll(() => boundsOf(app)).toEqual(first)

  const second = { x: 60, y: 90, width: 1000, height: 700 }
  await place(app, second)
  await app.quit()
  app = await fleetlight.launch()
  await desk.tray.activate()
  await expect.poll(() => boundsOf(app)).toEqual(second)
})

test('the confirmation is one window, above all others, with nothing in common with the dashboard', async ({
  fleetlight,
}) => {
  const app = await fleetlight.launchConnected()
  const dashboard = await app.dashboard()
  await dashboard.getByRole('button', { name: 'Emergency disconnect…' }).click()
  const confirmation = await app.confirmation()
  await confirmation.getByLabel('Reason, goes to the audit log').fill('half a reason')
  await dashboard.getByRole('button', { name: 'Emergency disconnect…' }).click()
  await expect(confirmation.getByLabel('Reason, goes to the audit log')).toHaveValue('half a reason')
  expect(app.electron.windows()).toHaveLength(2)

  const [own, other] = await Promise.all([windowOf(app, confirmation), windowOf(app, dashboard)])
  expect(await own.evaluate((one) => one.isAlwaysOnTop())).toBe(true)
  expect(await own.evaluate((one, two) => one.webContents.session === two.webContents.session, other)).toBe(false)
  const seen = await confirmation.evaluate(() => Object.keys(globalThis).filter((name) => name === 'fleetlight'))
  expect(seen).toEqual([])

  await Promise.all([confirmation.waitForEvent('close'), confirmation.getByRole('button', { name: 'Cancel' }).click()])
  await dashboard.getByRole('button', { name: 'Emergency disconnect…' }).click()
  await expect((await app.confirmation()).getByLabel('Reason, goes to the audit log')).toHaveValue('')
})

test('no page reaches the network, not even one that main opens', async ({ fleetlight, demo }) => {
  const app = await fleetlight.launchConnected()
  const outcome = await app.electron.evaluate(async ({ BrowserWindow, session }, address) => {
    const sessions = [...BrowserWindow.getAllWindows().map((one) => one.webContents.session), session.defaultSession]
    const stray = sessions.map(async (one) => {
      const window = new BrowserWindow({ show: false, webPreferences: { session: one } })
      return window.loadURL(address).then(
        () => 'loaded',
        (error: unknown) => String(error),
      )
    })
    return Promise.all(stray)
  }, demo.baseUrl)
  expect(outcome).toEqual([
    expect.stringContaining('ERR_BLOCKED_BY_CLIENT'),
    expect.stringContaining('ERR_BLOCKED_BY_CLIENT'),
  ])
})

test('it quits while a locked keychain waits for a person, who may never come', async ({ fleetlight, desk }) => {
  const first = await fleetlight.launchConnected()
  await first.quit()
  await desk.lockKeyring()
  const app = await fleetlight.launch()
  await desk.tray.activate()
  const page = await app.dashboard()
  await expect(page.getByText(/keychain/i).first()).toBeVisible()
  await app.quit()
})
