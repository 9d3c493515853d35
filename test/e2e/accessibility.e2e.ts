import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'

import type { ViewLabel } from '../../build/desk/app.ts'
import { expect, test } from './fleetlight.ts'

const themes = ['Light', 'Dark'] as const
const views: readonly ViewLabel[] = ['Overview', 'Override', 'Activity', 'Settings', 'About']

/** What axe finds wrong, a line each. Legacy mode, because an Electron window cannot open a second page. */
async function problems(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze()
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html}`))
}

test('the first window has no accessibility problem', async ({ fleetlight }) => {
  const app = await fleetlight.launch()
  const page = await app.dashboard()
  await page.getByLabel('API token').waitFor()
  expect(await problems(page)).toEqual([])
})

for (const theme of themes) {
  test(`no view has an accessibility problem, ${theme}`, async ({ fleetlight }) => {
    const app = await fleetlight.launchConnected()
    const page = await app.go('Settings')
    await page.getByText(theme, { exact: true }).click()
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('Saved.').waitFor()
    for (const view of views) {
      await app.go(view)
      expect(await problems(page), view).toEqual([])
    }
  })

  test(`the confirmation window has no accessibility problem, ${theme}`, async ({ fleetlight }) => {
    const app = await fleetlight.launchConnected()
    const dashboard = await app.go('Settings')
    await dashboard.getByText(theme, { exact: true }).click()
    await dashboard.getByRole('button', { name: 'Save' }).click()
    await dashboard.getByText('Saved.').waitFor()
    await app.go('Overview')
    await dashboard.getByRole('button', { name: 'Emergency disconnect…' }).click()
    const page = await app.confirmation()
    await page.getByRole('button', { name: /^Hold to/ }).waitFor()
    expect(await problems(page)).toEqual([])
  })
}
