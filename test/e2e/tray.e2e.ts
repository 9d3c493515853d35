import { flatten } from '../../build/desk/tray.ts'
import { expect, quickSettings, test } from './fleetlight.ts'

test('the tray says it all without a window', async ({ fleetlight, desk, demo }) => {
  const app = await fleetlight.launch()
  const signedOut = await desk.tray.waitFor('signed out')
  await fleetlight.connect(await app.dashboard())
  await app.set(quickSettings)
  const well = await desk.tray.waitFor('well', ({ iconHash }) => iconHash !== signedOut.iconHash)
  expect(well.tooltip).toMatch(/\d+ s ago|just now/)

  const labels = flatten(await desk.tray.menu()).map(({ label }) => label)
  expect(labels.join('\n')).toMatch(/Override off/)
  for (const label of ['Emergency disconnect...', 'Open Fleetlight', 'Pause notifications', 'Quit']) {
    expect(labels).toContain(label)
  }

  await demo.switchOverride(true)
  const on = await desk.tray.waitFor('override on', ({ tooltip }) => /override on/i.test(tooltip))
  expect(new Set([signedOut.iconHash, well.iconHash, on.iconHash]).size).toBe(3)
})

test('a left click opens the window', async ({ fleetlight, desk }) => {
  const app = await fleetlight.launchConnected()
  const page = await app.dashboard()
  await Promise.all([page.waitForEvent('close'), page.close()])
  await desk.tray.activate()
  await (await app.dashboard()).getByRole('button', { name: 'Overview' }).waitFor()
})

test('the tray comes back when its host restarts', async ({ fleetlight, desk }) => {
  await fleetlight.launchConnected()
  const before = await desk.tray.waitFor('shown', ({ tooltip }) => !/signed out|nothing is watched/i.test(tooltip))
  await desk.stopTrayHost()
  await desk.startTrayHost()
  const after = await desk.tray.waitFor('shown again')
  expect(after.iconHash).toBe(before.iconHash)
  expect((await desk.tray.menu()).map(({ label }) => label)).toContain('Quit')
})

test.describe('without a tray host', () => {
  test.use({ deskOptions: { hasTrayHost: false } })

  test('the window opens and says so, until a host comes', async ({ fleetlight, desk }) => {
    const first = await fleetlight.launchConnected()
    await first.crash()
    // What is watched already would start without a window; here there is nothing else to be seen.
    const app = await fleetlight.launch()
    const page = await app.dashboard()
    await expect(page.getByText('This desktop shows no tray icon')).toBeVisible()
    await desk.startTrayHost()
    await desk.tray.waitFor('shown')
    await expect(page.getByText('This desktop shows no tray icon')).toBeHidden()
  })
})
