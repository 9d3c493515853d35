import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

import type { Page } from '@playwright/test'

import type { TrueCounts } from '../../main/demo/fleet/fleet.ts'
import { startDesk, type Desk } from '../desk.ts'
import { startDemoAccount, type DemoAccount } from '../desk/account.ts'
import { AppDriver, type SettingTexts } from '../desk/app.ts'
import { panelHeight } from '../desk/folders.ts'
import { findRuntime } from '../setup/runtime.js'
import { until } from '../desk/until.ts'
import type { TourFleet } from './fleet.ts'
import { TourReport } from './report.ts'

/** All that the tour changes in the app: settings that a person has, set through the Settings view. */
const quickSettings: SettingTexts = {
  'Read the override every': 5,
  'Read the fleet every': 10,
  'Count devices seen in the last': 1,
  'Tell of a drop when it has held for': 20,
}

const slow = { timeoutMs: 90_000 }
/** An outage begins and ends for one device after the other, and what it does to the counts must hold before it is told. */
const slower = { timeoutMs: 150_000 }

/** Runs the tour in a throw-away home and writes pictures and report into `folder`. False: something was not so. */
export async function runTour(folder: string, fleet: TourFleet): Promise<boolean> {
  const runtime = findRuntime()
  const report = new TourReport(folder, {
    runtime: runtime === null ? 'none' : `Electron ${runtime.version} (${runtime.source})`,
    fleet: `${fleet.devices} devices, scenario ${fleet.scenario}, seed ${fleet.seed}`,
    settings: Object.entries(quickSettings)
      .map(([label, value]) => `${label}: ${value}`)
      .join('; '),
  })
  try {
    await takeTour(report, fleet)
  } catch (error) {
    process.stderr.write(`${String(error)}\n`)
    return false
  }
  return report.isAllOk
}

async function takeTour(report: TourReport, fleet: TourFleet): Promise<void> {
  const desk = await startDesk()
  try {
    const account = await startDemoAccount({ ...fleet, pace: 'quick' })
    try {
      const app = await AppDriver.launch(desk, {
        profile: path.join(desk.home, 'profile'),
        env: { FLEETLIGHT_API_URL: account.baseUrl },
      })
      await new Tour(report, desk, account, app).run()
      await app.quit()
    } finally {
      await account.stop()
    }
  } finally {
    await desk.stop()
  }
}

/** The script: what a person does, and what the wire, the bus and the screen must then say. */
class Tour {
  readonly #report: TourReport
  readonly #desk: Desk
  readonly #account: DemoAccount
  readonly #app: AppDriver
  /** How the fleet was before the switch was sent. */
  #before: TrueCounts | null = null

  constructor(report: TourReport, desk: Desk, account: DemoAccount, app: AppDriver) {
    this.#report = report
    this.#desk = desk
    this.#account = account
    this.#app = app
  }

  async run(): Promise<void> {
    await this.#connect()
    await this.#setQuickly()
    await this.#seeItWell()
    await this.#noticeTheOutage()
    await this.#confirmDisconnect()
    await this.#watchItFollow()
    await this.#reconnect()
    await this.#seeTheLedger()
  }

  #connect(): Promise<void> {
    return this.#report.step('connect', 'a token is checked, kept in the keychain, and watching begins', async () => {
      const page = await this.#app.dashboard()
      await page.getByLabel('API token').fill(this.#account.watchToken)
      await page.getByRole('button', { name: 'Check token' }).click()
      await page.getByText('May read the Global WARP override').waitFor()
      await page.getByLabel('A separate act token').check()
      await page.getByLabel('Act token', { exact: true }).fill(this.#account.actToken)
      const screen = await this.#picture(page, 'connect')
      await page.getByRole('button', { name: 'Start watching' }).click()
      await page.getByRole('button', { name: 'Overview' }).waitFor()
      const entries = await until('both tokens in the keyring', async () => {
        const accounts = (await this.#desk.keyringEntries('Fleetlight')).filter((line) => line.includes('account = '))
        return accounts.length === 2 ? accounts : null
      })
      return {
        wire: await this.#asked(/verify|\/accounts$/),
        bus: `the keyring holds ${entries.join(' and ')}`,
        screen,
      }
    })
  }

  #setQuickly(): Promise<void> {
    return this.#report.step('settings', 'shorter polls and a shorter hold, set in the Settings view', async () => {
      await this.#app.set(quickSettings)
      const page = await this.#app.dashboard()
      return { wire: '', bus: '', screen: await this.#picture(page, 'settings') }
    })
  }

  #seeItWell(): Promise<void> {
    return this.#report.step(
      'overview, well',
      'the tray is well and the figures are those of the account',
      async () => {
        const page = await this.#app.go('Overview')
        const { item, connected } = await until(
          'the tray is well, with the figures of the account',
          async () => {
            const [item, { connected }] = await Promise.all([this.#desk.tray.item(), this.#account.fleet()])
            if (!item?.tooltip.startsWith('All well')) return null
            const isNear = Math.abs(devicesIn(item.tooltip) - connected) <= Math.max(3, connected / 20)
            return isNear ? { item, connected } : null
          },
          slow,
        )
        await page.getByText('Override off').first().waitFor({ timeout: 90_000 })
        await this.#trayPicture('tray-well')
        return {
          wire: `${connected} devices of the account are connected`,
          bus: item.tooltip,
          screen: await this.#picture(page, 'overview-well'),
        }
      },
    )
  }

  #noticeTheOutage(): Promise<void> {
    return this.#report.step('outage', 'the drop is noticed, shown and told once', async () => {
      await this.#account.startOutage()
      const told = await this.#desk.notifications.waitFor(/lost connection/i, slower)
      const item = await this.#desk.tray.waitFor('not well', ({ tooltip }) => /lost connection/i.test(tooltip), slow)
      const page = await this.#app.dashboard()
      await page.getByText(/INC-/).first().waitFor()
      await page.getByText('1 h', { exact: true }).click()
      // Samples are a minute apart, and the chart is to show more than one of the outage.
      await sleep(60_000)
      const times = this.#desk.notifications.all().filter(({ summary }) => /lost connection/i.test(summary)).length
      if (times !== 1) throw new Error(`the drop was told ${times} times`)
      await this.#trayPicture('tray-outage')
      const { connected } = await this.#account.fleet()
      return {
        wire: `${connected} devices are still connected`,
        bus: `${told.summary}: ${told.body}\n${item.tooltip}`,
        screen: await this.#picture(page, 'overview-outage'),
      }
    })
  }

  #confirmDisconnect(): Promise<void> {
    return this.#report.step('confirm', 'the switch is confirmed by a held press and sent once', async () => {
      await this.#desk.tray.click(/^Emergency disconnect/)
      const page = await this.#app.confirmation()
      await page.getByRole('button', { name: /^Hold to disconnect/ }).waitFor()
      const screen = await this.#picture(page, 'confirm')
      this.#before = await this.#account.fleet()
      await this.#app.confirm('Carrier outage: take the clients off the broken path')
      const posts = await until('one POST', async () => {
        const sent = (await this.#account.requests()).filter(({ method }) => method === 'POST')
        return sent.length === 1 ? sent : null
      })
      return {
        wire: posts.map(({ method, path: at, status }) => `${method} ${at} -> ${status}`).join('\n'),
        bus: '',
        screen,
      }
    })
  }

  #watchItFollow(): Promise<void> {
    return this.#report.step(
      'override on',
      'the override is read back as on and the desktop clients drop',
      async () => {
        const before = this.#before
        if (before === null) throw new Error('nothing was switched')
        const item = await this.#desk.tray.waitFor('override on', ({ tooltip }) => /override on/i.test(tooltip), slow)
        const told = await this.#desk.notifications.waitFor(/^Override on: switched by this Fleetlight/, slow)
        const page = await this.#app.dashboard()
        await this.#desk.tray.waitFor('fewer devices', ({ tooltip }) => devicesIn(tooltip) < before.connected, slow)
        const screen = await this.#picture(page, 'override-on-converging')
        await this.#trayPicture('tray-override-on')
        const after = await until(
          'the fleet follows',
          async () => {
            const now = await this.#account.fleet()
            return now.reachable * 10 <= before.reachable ? now : null
          },
          slow,
        )
        await this.#app.go('Override')
        await this.#picture(page, 'override-on')
        return {
          wire:
            `${before.connected} devices were connected, ${before.reachable} of them within reach of the override; ` +
            `now it is ${after.connected} and ${after.reachable}`,
          bus: `${item.tooltip}\n${told.summary}: ${told.body}`,
          screen,
        }
      },
    )
  }

  #reconnect(): Promise<void> {
    return this.#report.step(
      'override off',
      'it is switched off by the same path and the fleet comes back',
      async () => {
        await this.#account.endOutage()
        const page = await this.#app.go('Override')
        await page.getByRole('button', { name: /^Reconnect/ }).click()
        await this.#app.confirm('The carrier is back')
        const told = await this.#desk.notifications.waitFor(/^Override off: switched by this Fleetlight/, slow)
        const item = await this.#desk.tray.waitFor(
          'well again',
          ({ tooltip }) => tooltip.startsWith('All well'),
          slower,
        )
        const { connected, total } = await until(
          'the fleet returns',
          async () => {
            const now = await this.#account.fleet()
            return now.connected > now.total / 2 ? now : null
          },
          slow,
        )
        await this.#app.go('Overview')
        return {
          wire: `${connected} of ${total} devices are connected`,
          bus: `${item.tooltip}\n${told.summary}: ${told.body}`,
          screen: await this.#picture(page, 'overview-recovered'),
        }
      },
    )
  }

  #seeTheLedger(): Promise<void> {
    return this.#report.step('activity', 'both acts stand in the ledger, confirmed', async () => {
      const page = await this.#app.go('Activity')
      for (const switched of ['on', 'off']) {
        await page.getByText(`Override ${switched}: switched by this Fleetlight`).first().waitFor()
      }
      const posts = (await this.#account.requests()).filter(({ method }) => method === 'POST')
      if (posts.length !== 2) throw new Error(`${posts.length} POSTs were sent for two acts`)
      return { wire: '2 POSTs for 2 acts', bus: '', screen: await this.#picture(page, 'activity') }
    })
  }

  /** Takes a picture of a window and tells its first sentence. */
  async #picture(page: Page, name: string): Promise<string> {
    await page.screenshot({ path: path.join(this.#report.folder, `${name}.png`) })
    const sentence = await page.getByRole('heading').first().textContent()
    return `${(sentence ?? '').trim()} (${name}.png)`
  }

  /** The right end of the panel, enlarged, so that the icon can be judged. */
  async #trayPicture(name: string): Promise<void> {
    const file = path.join(this.#report.folder, `${name}.png`)
    await this.#desk.screenshot(file, { x: 1240, y: 0, width: 200, height: panelHeight })
    await this.#desk.run(['convert', file, '-filter', 'point', '-resize', '400%', file])
  }

  /** How many requests of a kind were answered. */
  async #asked(pattern: RegExp): Promise<string> {
    const seen = (await this.#account.requests()).filter(({ path: at }) => pattern.test(at))
    if (seen.length === 0) throw new Error(`nothing like ${String(pattern)} was asked`)
    return [...new Set(seen.map(({ method, path: at, status }) => `${method} ${at} -> ${status}`))].join('\n')
  }
}

/** The first figure of devices in a sentence of the tray; NaN: there is none. */
function devicesIn(sentence: string): number {
  return Number(/([\d,]+) devices/.exec(sentence)?.[1]?.replaceAll(',', ''))
}
