import { expect, test } from './fleetlight.ts'
import { filesHolding } from './harness/traces.ts'

test.describe('without a keychain', () => {
  test.use({ deskOptions: { keyring: 'none' } })

  test('the token is held in memory once a person agreed, and nothing is written', async ({ fleetlight, demo }) => {
    const app = await fleetlight.launch()
    const page = await app.dashboard()
    await page.getByLabel('API token').fill(demo.watchToken)
    await page.getByLabel('Account').fill(demo.accountId)
    await page.getByRole('button', { name: 'Check token' }).click()
    await page.getByRole('button', { name: 'Start watching' }).click()
    await expect(page.getByRole('alert').filter({ hasText: 'keychain' })).toBeVisible()
    await page.getByRole('button', { name: 'Hold the token in memory until I quit' }).click()
    await expect(page.getByText('Override off').first()).toBeVisible()
    await app.quit()
    expect(filesHolding(fleetlight.profile, [demo.watchToken, demo.actToken])).toEqual([])
  })
})
