import { until } from '../../build/desk/until.ts'
import { expect, quickSettings, test } from './fleetlight.ts'

const patient = { timeoutMs: 150_000 }

test.describe('a carrier outage', () => {
  test.use({ demoChoice: { scenario: 'carrier-outage', pace: 'quick' } })

  test('is noticed, told once, and its click opens the overview', async ({ fleetlight, desk, demo }) => {
    // A window of a minute has to pass before the devices are counted as back.
    test.slow()
    const app = await fleetlight.launchConnected()
    await app.set(quickSettings)
    await desk.tray.waitFor('well', ({ tooltip }) => /connected/i.test(tooltip))
    await demo.startOutage()

    const told = await desk.notifications.waitFor(/lost connection/i, patient)
    expect(told.urgency).toBe('critical')
    await desk.tray.waitFor('the outage', ({ tooltip }) => /lost connection/i.test(tooltip), patient)
    await desk.notifications.click(/lost connection/i)
    const page = await app.dashboard()
    await expect(page.getByText(/INC-[A-Z0-9]{6}/).first()).toBeVisible()
    await expect(page.getByRole('button', { name: 'Overview' })).toHaveAttribute('aria-current', 'page')

    await demo.endOutage()
    await desk.notifications.waitFor(/recovered|back/i, patient)
    const drops = desk.notifications.all().filter(({ summary }) => /lost connection/i.test(summary))
    expect(drops).toHaveLength(1)
  })
})

test('Cloudflare failing is said, and never looks well', async ({ fleetlight, desk, demo }) => {
  const app = await fleetlight.launchConnected()
  await app.set(quickSettings)
  const well = await desk.tray.waitFor('well', ({ tooltip }) => /connected/i.test(tooltip))
  await demo.setFault({ kind: 'refused' })
  const page = await app.go('Overview')
  await expect(page.getByText(/read \d+ s ago|not read/).first()).toBeVisible()
  await until('another face', async () => ((await desk.tray.item())?.iconHash === well.iconHash ? null : true), {
    timeoutMs: 75_000,
  })
})
