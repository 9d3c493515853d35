import type { Page } from '@playwright/test'

import { plans } from '../../test/renderer/fixtures/plans.ts'
import { situations, type SituationName } from '../../test/renderer/fixtures/situations.ts'
import type { Stage } from './stage.ts'

/** One picture: how the window comes to look so. */
export interface Scene {
  readonly name: string
  play(stage: Stage): Promise<void>
}

const press = (page: Page, name: RegExp | string) => page.getByRole('button', { name }).first().click()
const go = (page: Page, view: string) =>
  page.getByRole('navigation', { name: 'Views' }).getByRole('button', { name: view }).click()

async function check(page: Page, token: string): Promise<void> {
  await page.getByLabel('API token').fill(token)
  await press(page, 'Check token')
  await page.getByText('What this token can do').waitFor()
}

/** What a person does in a situation, beyond looking. */
const steps: readonly (readonly [string, SituationName, (page: Page) => Promise<void>])[] = [
  ['table', 'outage', (page) => press(page, 'Show as table')],
  ['all-colos', 'well', (page) => press(page, /more of Colo/)],
  ['one-version', 'outage', (page) => press(page, /^2026\.9\.1/)],
  ['seven-days', 'outage', (page) => page.getByText('7 d', { exact: true }).click()],
  ['by-mode', 'outage', (page) => page.getByText('Mode', { exact: true }).first().click()],
  [
    'mark',
    'outage',
    (page) =>
      page
        .getByRole('button', { name: /lost connection/ })
        .first()
        .focus(),
  ],
  ['connect-checked', 'signedOut', (page) => check(page, 'good')],
  ['connect-refused', 'signedOut', (page) => check(page, 'bad')],
  ['connect-accounts', 'signedOut', (page) => check(page, 'many')],
  [
    'connect-memory',
    'signedOut',
    async (page) => {
      await check(page, 'good')
      await press(page, 'Start watching')
      await page.getByText('until I quit').scrollIntoViewIfNeeded()
    },
  ],
  [
    'settings-error',
    'well',
    async (page) => {
      await go(page, 'Settings')
      await page.getByLabel('Read the fleet every').fill('2')
    },
  ],
  [
    'settings-forget',
    'longNames',
    async (page) => {
      await go(page, 'Settings')
      await press(page, 'Forget connection')
    },
  ],
]

const names = Object.keys(situations) as SituationName[]
const views = (name: SituationName) =>
  name === 'signedOut' ? ['Connect', 'Settings', 'About'] : ['Overview', 'Override', 'Activity', 'Settings', 'About']

/** Every view in every situation, then what a person does in some. */
export const dashboardScenes: readonly Scene[] = [
  ...names.flatMap((name) =>
    views(name).map((view) => ({
      name: `${name}-${view}`,
      async play(stage: Stage) {
        await stage.dashboard(situations[name])
        await go(stage.page, view)
      },
    })),
  ),
  ...steps.map(([name, situation, step]) => ({
    name,
    async play(stage: Stage) {
      await stage.dashboard(situations[situation])
      await step(stage.page)
    },
  })),
]

/** The confirmation window with each plan: asking, held for a while, and refused at its end. */
export const confirmationScenes: readonly Scene[] = Object.entries(plans).flatMap(([name, plan]) => [
  { name: `confirm-${name}`, play: (stage: Stage) => stage.confirmation(plan) },
  ...(plan.refusal === null
    ? [900, 1900].map((ms) => ({
        name: `confirm-${name}-held-${ms}`,
        async play(stage: Stage) {
          const { page } = stage
          await stage.confirmation(plan)
          await page.getByLabel('Reason, goes to the audit log').fill('INC-7QX4KD clients on 2026.9.1 lose all traffic')
          if (plan.mustTypeAccount) await page.getByLabel(/^Type the account/).fill(plan.accountName)
          await page.clock.resume()
          await page.clock.fastForward(700)
          await page.getByRole('button', { name: /^Hold/ }).hover()
          await page.mouse.down()
          await page.clock.runFor(ms)
        },
      }))
    : []),
])
