import type { Page } from '@playwright/test'

import type { DemoAccount } from '../../build/desk/account.ts'
import { until } from '../../build/desk/until.ts'
import { expect, quickSettings, test } from './fleetlight.ts'

const patient = { timeoutMs: 60_000 }
test.use({ demoChoice: { pace: 'quick' } })

test('the override is switched on and off, each sent once, recorded, and followed', async ({
  fleetlight,
  desk,
  demo,
}) => {
  const app = await fleetlight.launchConnected()
  await app.set(quickSettings)
  await app.go('Overview')
  const before = (await demo.fleet()).connected

  await desk.tray.click(/^Emergency disconnect/)
  await app.confirm('Clients on the broken release')
  await desk.tray.waitFor('on', ({ tooltip }) => /override on/i.test(tooltip), patient)
  await desk.notifications.waitFor(/override/i, patient)
  await until('clients drop', async () => ((await demo.fleet()).connected < before / 2 ? true : null), patient)

  const page = await app.go('Override')
  await page.getByRole('button', { name: /^Reconnect/ }).click()
  await app.confirm('The release is fixed')
  await desk.tray.waitFor('off', ({ tooltip }) => !/override on/i.test(tooltip), patient)
  await until('clients return', async () => ((await demo.fleet()).connected > before / 2 ? true : null), patient)

  const posts = await postsTo(demo)
  expect(posts.map(({ body }) => body)).toEqual([
    {
      disconnect: true,
      justification: expect.stringMatching(/^fleetlight\/1 id=[0-9a-f-]{36} revert=hand inc=\S+ \| Clients on/),
    },
    { disconnect: false, justification: expect.stringMatching(/\| The release is fixed$/) },
  ])
  await app.go('Activity')
  await expect(page.getByText('Clients on the broken release').first()).toBeVisible()
  await expect(page.getByText('The release is fixed').first()).toBeVisible()
})

test('a reply that was lost is told as unconfirmed and settled by reading, never by sending again', async ({
  fleetlight,
  desk,
  demo,
}) => {
  const app = await fleetlight.launchConnected()
  await app.set(quickSettings)
  await demo.setFault({ kind: 'lostReply', method: 'POST' })
  await openConfirmation(await app.go('Overview'))
  await app.confirm('Reply gets lost')
  await desk.tray.waitFor('on', ({ tooltip }) => /override on/i.test(tooltip), patient)
  expect(await postsTo(demo)).toHaveLength(1)
  const page = await app.go('Activity')
  await expect(page.getByText(/no answer came|not known/i).first()).toBeVisible()
})

test('somebody else’s switch is noticed, told once, and named', async ({ fleetlight, desk, demo }) => {
  const app = await fleetlight.launchConnected()
  await app.set(quickSettings)
  await desk.tray.waitFor('well', ({ tooltip }) => /connected/i.test(tooltip))
  await demo.switchOverride(true, 'dana@example.com')
  // How soon the audit log has it is not documented.
  await demo.advance(4 * 60_000)
  await desk.notifications.waitFor(/override/i, patient)
  const page = await app.go('Override')
  await expect(page.getByText(/dana@example\.com/).first()).toBeVisible({ timeout: 60_000 })
  const told = desk.notifications.all().filter(({ summary }) => /override/i.test(summary))
  expect(told).toHaveLength(1)
})

test('a refusal names the permission, and the ledger keeps the attempt', async ({ fleetlight, demo }) => {
  const app = await fleetlight.launch()
  const page = await app.dashboard()
  await fleetlight.connect(page, { acts: 'watchToken' })
  await openConfirmation(page)
  await app.confirm('May it?')
  await expect(page.getByText(/Zero Trust Resilience Write/).first()).toBeVisible()
  await app.go('Activity')
  await expect(page.getByText('May it?').first()).toBeVisible()
  expect((await postsTo(demo)).map(({ status }) => status)).toEqual([403])
})

test('a crash in the middle of a switch sends nothing twice and is settled by reading', async ({
  fleetlight,
  desk,
  demo,
}) => {
  const first = await fleetlight.launchConnected()
  await first.set(quickSettings)
  await demo.setFault({ kind: 'hang', method: 'POST' })
  await openConfirmation(await first.go('Overview'))
  await first.confirm('The machine dies now')
  await until('the POST', async () => ((await postsTo(demo)).length === 1 ? true : null))
  await first.crash()
  await demo.setFault(null)

  const app = await fleetlight.launch()
  await desk.tray.waitFor('on', ({ tooltip }) => /override on/i.test(tooltip), patient)
  await desk.tray.activate()
  const page = await app.go('Activity')
  await expect(page.getByText('The machine dies now').first()).toBeVisible()
  expect(await postsTo(demo)).toHaveLength(1)
})

async function openConfirmation(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Emergency disconnect…' }).click()
}

async function postsTo(demo: DemoAccount) {
  return (await demo.requests()).filter(({ method }) => method === 'POST')
}
