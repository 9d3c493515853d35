import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'

import { test as base, expect, type Page, type TestInfo } from '@playwright/test'

import { startDesk, type Desk, type DeskOptions } from '../../build/desk.ts'
import { AppDriver, type AppOptions, type SettingTexts } from '../../build/desk/app.ts'
import { startDemoAccount, type DemoAccount, type DemoChoice } from '../../build/desk/account.ts'
import { readSwitches } from './harness/switches.ts'

/** The polls as often as a person may set them, and drops told soon. */
export const quickSettings: SettingTexts = {
  'Read the override every': 5,
  'Read the fleet every': 10,
  'Count devices seen in the last': 1,
  'Tell of a drop when it has held for': 10,
}

/** Which token the app gets to act with. */
interface ActChoice {
  readonly acts?: 'actToken' | 'watchToken' | 'none'
}

const results = path.resolve(import.meta.dirname, '../../test-results')

/** The app of one test: its profile on its desk, watching the test's account. */
class Fleetlight {
  readonly profile: string
  readonly #desk: Desk
  readonly #demo: DemoAccount
  readonly #drivers: AppDriver[] = []

  constructor(desk: Desk, demo: DemoAccount) {
    this.#desk = desk
    this.#demo = demo
    this.profile = path.join(desk.home, 'profile')
  }

  /** Starts the app, or starts it again. Its ordinary connections lead to the test's account. */
  async launch(options: Partial<AppOptions> = {}): Promise<AppDriver> {
    const env = { FLEETLIGHT_API_URL: this.#demo.baseUrl, ...options.env }
    const driver = await AppDriver.launch(this.#desk, { profile: this.profile, ...options, env })
    this.#drivers.push(driver)
    return driver
  }

  /** Starts the app and connects it, as a person does in the first window. */
  async launchConnected({ acts = 'actToken' }: ActChoice = {}): Promise<AppDriver> {
    const driver = await this.launch()
    await this.connect(await driver.dashboard(), { acts })
    return driver
  }

  async connect(page: Page, { acts = 'actToken' }: ActChoice = {}): Promise<void> {
    await page.getByLabel('API token').fill(this.#demo.watchToken)
    await page.getByLabel('Account').fill(this.#demo.accountId)
    await page.getByRole('button', { name: 'Check token' }).click()
    if (acts === 'actToken') {
      await page.getByLabel('A separate act token').check()
      await page.getByLabel('Act token', { exact: true }).fill(this.#demo.actToken)
    } else if (acts === 'watchToken') {
      await page.getByLabel('Use the same token').check()
    }
    await page.getByRole('button', { name: 'Start watching' }).click()
    await expect(page.getByRole('button', { name: 'Overview' })).toHaveAttribute('aria-current', 'page')
  }

  /** What the profile's log says; empty before anything was logged. */
  log(): string {
    const file = path.join(this.profile, 'log/fleetlight.log')
    return existsSync(file) ? readFileSync(file, 'utf8') : ''
  }

  async close(): Promise<void> {
    for (const driver of this.#drivers) await driver.crash()
  }
}

interface Options {
  deskOptions: DeskOptions
  demoChoice: DemoChoice
}

interface Fixtures {
  desk: Desk
  demo: DemoAccount
  fleetlight: Fleetlight
}

export const test = base.extend<Options & Fixtures>({
  deskOptions: [{}, { option: true }],
  demoChoice: [{}, { option: true }],
  desk: async ({ deskOptions }, use, info) => {
    const desk = await startDesk(deskOptions)
    await use(desk)
    if (info.status !== info.expectedStatus) await attachScreen(desk, info)
    await desk.stop()
  },
  demo: async ({ demoChoice }, use, info) => {
    // By hand any test can be run with open questions answered otherwise; what a test itself chooses stays.
    const switches = { ...readSwitches(process.env.FLEETLIGHT_SWITCHES), ...demoChoice.switches }
    const demo = await startDemoAccount({ ...demoChoice, switches })
    await use(demo)
    await keepWire(demo, info)
    await demo.stop()
  },
  fleetlight: async ({ desk, demo }, use, info) => {
    const fleetlight = new Fleetlight(desk, demo)
    await use(fleetlight)
    if (info.status !== info.expectedStatus) {
      await attachScreen(desk, info)
      await info.attach('log', { body: fleetlight.log(), contentType: 'text/plain' })
    }
    await fleetlight.close()
  },
})

export { expect }

/** Every request that the app sent in a test, for the contract check to read afterwards. */
async function keepWire(demo: DemoAccount, info: TestInfo): Promise<void> {
  const requests = await demo.requests()
  if (requests.length === 0) return
  const name = info.titlePath.join(' ').replace(/[^a-z0-9]+/gi, '-')
  const file = path.join(results, 'wire', `${name}.jsonl`)
  mkdirSync(path.dirname(file), { recursive: true })
  writeFileSync(file, requests.map((request) => `${JSON.stringify(request)}\n`).join(''))
}

async function attachScreen(desk: Desk, info: TestInfo): Promise<void> {
  const file = info.outputPath('screen.png')
  await desk.screenshot(file)
  await info.attach('screen', { path: file, contentType: 'image/png' })
}
