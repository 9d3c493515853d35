import type { Desk } from '../../build/desk.ts'
import { flatten } from '../../build/desk/tray.ts'
import { until } from '../../build/desk/until.ts'
import { expect, quickSettings, test } from './fleetlight.ts'
import { everySwitchAt } from './harness/switches.ts'

const patient = { timeoutMs: 60_000 }
/** The devices have followed, the shortest window has forgotten what was before, and the slowest audit log has caught up. */
const longEnoughMs = 4 * 60_000

/**
 * The other tests run with every open question at its plain value, these with all of them at the others. What makes the
 * override unknown for good has a test of its own.
 */
const ways = [
  ['at its second value', everySwitchAt(1)],
  ['at its last value', { ...everySwitchAt(2), overrideShape: 'full' }],
] as const

for (const [name, switches] of ways) {
  test.describe(`each open question ${name}`, () => {
    test.use({ demoChoice: { scenario: 'carrier-outage', pace: 'quick', switches } })

    test('an outage is told, the fleet switched off and on, and the switch of another named', async ({
      fleetlight,
      desk,
      demo,
    }) => {
      test.setTimeout(180_000)
      const app = await fleetlight.launchConnected()
      await app.set(quickSettings)
      await desk.tray.waitFor('well', ({ tooltip }) => tooltip.startsWith('All well'))
      const before = await connectedIn(desk, (count) => count > 0)

      await demo.startOutage()
      await demo.advance(longEnoughMs)
      expect(await desk.notifications.waitFor(/lost connection/i, patient)).toMatchObject({ urgency: 'critical' })
      await desk.tray.waitFor('the outage', ({ tooltip }) => /lost connection/i.test(tooltip), patient)

      await desk.tray.click(/^Emergency disconnect/)
      await app.confirm('Off until the carrier is back')
      await desk.tray.waitFor('on', ({ tooltip }) => tooltip.startsWith('Override on'), patient)
      await demo.endOutage()
      await demo.advance(longEnoughMs)
      await connectedIn(desk, (count) => count < before / 2)

      const page = await app.go('Override')
      await page.getByRole('button', { name: /^Reconnect/ }).click()
      await app.confirm('The carrier is back')
      await desk.tray.waitFor('off', ({ tooltip }) => !/override on/i.test(tooltip), patient)
      await demo.advance(longEnoughMs)
      await connectedIn(desk, (count) => count > 0.8 * before)

      await demo.switchOverride(true, 'dana@example.com')
      await demo.advance(longEnoughMs)
      await desk.notifications.waitFor(/switched by someone else/i, patient)
      await expect(page.getByText(/dana@example\.com/).first()).toBeVisible({ timeout: 60_000 })

      const told = desk.notifications.all().map(({ summary }) => summary)
      expect(told.filter((summary) => summary.startsWith('Override'))).toHaveLength(3)
      expect(told.filter((summary) => /lost connection/i.test(summary))).toHaveLength(1)
      expect((await demo.requests()).filter(({ method }) => method === 'POST').map(({ status }) => status)).toEqual([
        200, 200,
      ])
    })
  })
}

test.describe('a result that is null', () => {
  test.use({ demoChoice: { pace: 'quick', switches: { overrideShape: 'nullResult' } } })

  test('leaves the override unknown, never off, and the disconnect sent but not known', async ({
    fleetlight,
    desk,
    demo,
  }) => {
    const app = await fleetlight.launchConnected()
    await app.set(quickSettings)
    const saysNothing = /does not say whether the override is on/i
    await desk.tray.waitFor('unknown', ({ tooltip }) => saysNothing.test(tooltip))
    const page = await app.go('Override')
    await expect(page.getByText(saysNothing).first()).toBeVisible()
    await expect(page.getByText('not known', { exact: true })).toBeVisible()
    await expect(page.getByRole('button', { name: /^Reconnect/ })).toBeVisible()

    const { connected } = await demo.fleet()
    await page.getByRole('button', { name: 'Emergency disconnect…' }).click()
    await app.confirm('Cloudflare says nothing')
    await desk.tray.waitFor('sent', ({ tooltip }) => /was sent: reading whether it took effect/i.test(tooltip))
    await demo.advance(longEnoughMs)
    expect((await demo.fleet()).connected).toBeLessThan(connected / 2)
    await expect(page.getByText('Cloudflare accepted it', { exact: false }).first()).toBeVisible()
    await expect(page.getByText('not known', { exact: true })).toBeVisible()
    expect(await menuText(desk)).not.toMatch(/override (is )?off/i)
    expect(await page.innerText('main')).not.toMatch(/override (is )?off/i)
    expect((await demo.requests()).filter(({ method }) => method === 'POST')).toMatchObject([{ status: 200 }])
  })
})

async function menuText(desk: Desk): Promise<string> {
  const labels = flatten(await desk.tray.menu()).map(({ label }) => label)
  return labels.join('\n')
}

/** The connected devices of the last minute, as soon as the tray's menu has a count of them that fits. */
function connectedIn(desk: Desk, fits: (count: number) => boolean): Promise<number> {
  const look = async () => {
    const [, figure = ''] = /([\d,]+) of [\d,]+ connected in 1 min/.exec(await menuText(desk)) ?? []
    const count = Number(figure.replaceAll(',', ''))
    return figure !== '' && fits(count) ? count : null
  }
  return until('a count of the last minute that fits', look, patient)
}
