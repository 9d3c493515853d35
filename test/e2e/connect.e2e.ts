import { expect, test } from './fleetlight.ts'

test('a token is checked, kept in the keychain, and watching begins', async ({ fleetlight, desk, demo }) => {
  const app = await fleetlight.launch()
  const page = await app.dashboard()
  await page.getByLabel('API token').fill(demo.watchToken)
  await page.getByLabel('Account').fill(demo.accountId)
  await page.getByRole('button', { name: 'Check token' }).click()
  await expect(page.getByText('May read the Global WARP override')).toBeVisible()
  await expect(page.getByText(/known only by acting/)).toBeVisible()
  await page.getByLabel('A separate act token').check()
  await page.getByLabel('Act token', { exact: true }).fill(demo.actToken)
  await page.getByRole('button', { name: 'Start watching' }).click()

  await expect(page.getByText('Override off').first()).toBeVisible()
  const entries = (await desk.keyringEntries('Fleetlight')).join('\n')
  expect(entries).toContain(`watch@${demo.baseUrl}#${demo.accountId}`)
  expect(entries).toContain(`act@${demo.baseUrl}#${demo.accountId}`)
})

test('what was watched is watched again after a restart, with the token from the keychain', async ({
  fleetlight,
  desk,
}) => {
  const first = await fleetlight.launchConnected()
  await first.quit()
  const app = await fleetlight.launch()
  await desk.tray.waitFor('well', ({ tooltip }) => /connected/i.test(tooltip))
  expect(app.electron.windows()).toHaveLength(0)
})

test('a token that cannot read the minimum is refused with the reason', async ({ fleetlight, demo }) => {
  const app = await fleetlight.launch()
  const page = await app.dashboard()
  await page.getByLabel('API token').fill(demo.tokens.noGroups)
  await page.getByLabel('Account').fill(demo.accountId)
  await page.getByRole('button', { name: 'Check token' }).click()
  await expect(page.getByText(/add the permission group "Zero Trust Read"/)).toBeVisible()
  await expect(page.getByRole('button', { name: 'Start watching' })).toBeDisabled()
})

test.describe('an account-owned token', () => {
  test.describe('that Cloudflare lets list no account', () => {
    test.use({ demoChoice: { switches: { accountTokenAtAccounts: 'refused' } } })

    test('works once the account is typed', async ({ fleetlight, demo }) => {
      const app = await fleetlight.launch()
      const page = await app.dashboard()
      await page.getByLabel('API token').fill(demo.tokens.account)
      await page.getByRole('button', { name: 'Check token' }).click()
      await expect(page.getByText(/type the account id/i).first()).toBeVisible()
      await page.getByLabel('Account').fill(demo.accountId)
      await page.getByRole('button', { name: 'Check token' }).click()
      await page.getByLabel('Nobody: observe only').check()
      await page.getByRole('button', { name: 'Start watching' }).click()
      await expect(page.getByText('Override off').first()).toBeVisible()
    })
  })

  test.describe('that may list its account', () => {
    test.use({ demoChoice: { switches: { accountTokenAtAccounts: 'listed', accountTokenAtUserVerify: 403 } } })

    test('works with nothing typed', async ({ fleetlight, demo }) => {
      const app = await fleetlight.launch()
      const page = await app.dashboard()
      await page.getByLabel('API token').fill(demo.tokens.account)
      await page.getByRole('button', { name: 'Check token' }).click()
      await page.getByLabel('Nobody: observe only').check()
      await page.getByRole('button', { name: 'Start watching' }).click()
      await expect(page.getByText('Override off').first()).toBeVisible()
      await expect(page.getByText(demo.accountName).first()).toBeVisible()
    })
  })
})

test('without an act token it observes, says so, and has no dead button', async ({ fleetlight, desk }) => {
  const app = await fleetlight.launchConnected({ acts: 'none' })
  const page = await app.dashboard()
  await expect(page.getByText(/only observes|observer/i).first()).toBeVisible()
  await expect(page.getByRole('button', { name: /Emergency disconnect/ })).toHaveCount(0)
  const labels = (await desk.tray.menu()).filter(({ isEnabled }) => isEnabled).map(({ label }) => label)
  expect(labels).not.toContain('Emergency disconnect...')
})

test('the demo fleet is tried with one click, and is a badge everywhere', async ({ fleetlight, desk }) => {
  const app = await fleetlight.launch()
  const page = await app.dashboard()
  await page.getByRole('button', { name: 'Try it on a demo fleet' }).click()
  await expect(page.getByText('Override off').first()).toBeVisible()
  await expect(page.getByText('Demo', { exact: true }).first()).toBeVisible()
  await desk.tray.waitFor('the demo', ({ tooltip }) => /demo/i.test(tooltip))
})
