import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

import { _electron, type ElectronApplication, type JSHandle, type Locator, type Page } from '@playwright/test'
import type { BrowserWindow } from 'electron'

import type { Desk } from '../desk.ts'
import { findRuntime } from '../setup/runtime.js'
import { until } from './until.ts'

const root = path.resolve(import.meta.dirname, '../..')

export interface AppOptions {
  readonly profile: string
  /** Added to the desk's own. */
  readonly env?: NodeJS.ProcessEnv
  readonly args?: readonly string[]
  /** Runs in place of the Electron runtime, with the same arguments; for another user. */
  readonly executable?: string
  /** The app's folder; this project if not told. */
  readonly folder?: string
  /** With Chromium's sandbox; root cannot. */
  readonly isSandboxed?: boolean
}

/** What can be set in the Settings view, by the label of its field. */
export interface SettingTexts {
  readonly 'Read the override every'?: number
  readonly 'Read the fleet every'?: number
  readonly 'Count devices seen in the last'?: number
  readonly 'Tell of a drop when it has held for'?: number
}

export type ViewLabel = 'Overview' | 'Override' | 'Activity' | 'Settings' | 'About'

/** The built app, running on a desk, used as a person uses it. */
export class AppDriver {
  readonly electron: ElectronApplication
  readonly #desk: Desk
  /** Kept, because Playwright forgets it when the app ends. */
  readonly #child: ChildProcess

  private constructor(electron: ElectronApplication, desk: Desk) {
    this.electron = electron
    this.#desk = desk
    this.#child = electron.process()
  }

  get isRunning(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null
  }

  static async launch(desk: Desk, options: AppOptions): Promise<AppDriver> {
    const executablePath = options.executable ?? findRuntime()?.path
    if (executablePath === undefined) throw new Error('There is no Electron runtime. Run "npm run setup".')
    const electron = await _electron.launch({
      executablePath,
      args: [options.folder ?? root, '--profile', options.profile, ...(options.args ?? [])],
      env: definedOnly({ ...desk.env, ...options.env }),
      chromiumSandbox: options.isSandboxed ?? false,
    })
    return new AppDriver(electron, desk)
  }

  /** The dashboard, waited for. */
  dashboard(): Promise<Page> {
    return this.#window('index.html')
  }

  /** The confirmation window, waited for. */
  confirmation(): Promise<Page> {
    return this.#window('confirm.html')
  }

  /** Goes to a view by the rail. */
  async go(view: ViewLabel): Promise<Page> {
    const page = await this.dashboard()
    await page.getByRole('navigation', { name: 'Views' }).getByRole('button', { name: view }).click()
    return page
  }

  /** Changes settings in the Settings view and saves them. */
  async set(settings: SettingTexts): Promise<void> {
    const page = await this.go('Settings')
    for (const [label, value] of Object.entries(settings)) await page.getByLabel(label).fill(String(value))
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('Saved.').waitFor()
  }

  /** Holds the left button of the mouse on something for so long: the pointer of the screen, not an event made up. */
  async hold(page: Page, target: Locator, ms: number): Promise<void> {
    const box = await target.boundingBox()
    if (box === null) throw new Error('What is to be held is not shown')
    const window = (await this.electron.browserWindow(page)) as JSHandle<BrowserWindow>
    const { x, y } = await window.evaluate((one) => one.getContentBounds())
    const at = [x + box.x + box.width / 2, y + box.y + box.height / 2].map((one) => String(Math.round(one)))
    // The X server keeps the order by itself. Told to wait for the move, xdotool waits 15 s where there is none to make.
    await this.#desk.run(['xdotool', 'mousemove', ...at, 'mousedown', '1'])
    try {
      await sleep(ms)
    } finally {
      await this.#desk.run(['xdotool', 'mouseup', '1'])
    }
  }

  /** Writes a reason into the confirmation window and holds its button until the window closes. */
  async confirm(reason: string): Promise<void> {
    const page = await this.confirmation()
    await page.getByLabel('Reason, goes to the audit log').fill(reason)
    // A press counts only when the window had the focus for half a second.
    await sleep(700)
    await Promise.all([
      page.waitForEvent('close'),
      this.hold(page, page.getByRole('button', { name: /^Hold to/ }), 1900),
    ])
  }

  /** Quits as a person does, and waits until the process has gone. */
  async quit(): Promise<void> {
    if (!this.isRunning) return
    const gone = once(this.#child, 'exit')
    await this.#desk.tray.click('Quit').catch(() => this.electron.close())
    await gone
  }

  /** The process dies without a chance to tidy up. */
  async crash(): Promise<void> {
    if (!this.isRunning) return
    const gone = once(this.#child, 'exit')
    this.#child.kill('SIGKILL')
    await gone
  }

  #window(file: string): Promise<Page> {
    return until(
      `the window ${file}`,
      async () => {
        const page = this.electron.windows().find((one) => new URL(one.url()).pathname.endsWith(file))
        await page?.waitForLoadState('domcontentloaded')
        return page ?? null
      },
      { timeoutMs: 20_000 },
    )
  }
}

function definedOnly(env: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined))
}
