import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

import { _electron, type Page } from '@playwright/test'
import { createServer } from 'vite'

import type { ConfirmationPlan } from '../../preload/confirm-contract.ts'
import { FakeBridge } from '../../test/renderer/fixtures/fake-bridge.ts'
import type { Situation } from '../../test/renderer/fixtures/situation.ts'
import { now } from '../../test/renderer/fixtures/snapshots.ts'
import { findRuntime } from '../setup/runtime.js'

/** A program with one empty window, for the pages to be drawn in by the runtime that the app has. */
const emptyProgram = {
  'package.json': '{ "name": "preview", "version": "0.0.0", "type": "module", "main": "main.js" }',
  'main.js': `import { app, BrowserWindow } from 'electron'
    app.whenReady().then(() => new BrowserWindow({ useContentSize: true, frame: false }).loadURL('about:blank'))`,
}

/** What the preloads would put there; the fakes answer from this process. */
const bridges = `
  window.fleetlight = { invoke: (...args) => askDashboard(...args), onView: () => () => {}, onNavigate: () => () => {} }
  window.confirmation = { invoke: (...args) => askConfirmation(...args) }`

/** The pages of the app as they stand in the tree, drawn for real, with main played by fixtures. */
export interface Stage {
  readonly page: Page
  /** Opens the dashboard in a situation; its clock stands still. */
  dashboard(situation: Situation): Promise<void>
  confirmation(plan: ConfirmationPlan): Promise<void>
  resize(width: number, height: number): Promise<void>
  close(): Promise<void>
}

export async function openStage(): Promise<Stage> {
  const runtime = findRuntime()
  if (runtime === null) throw new Error('There is no Electron runtime. Run "npm run setup".')
  const server = await createServer({ server: { host: '127.0.0.1', port: 0, hmr: false }, logLevel: 'error' })
  await server.listen()
  const address = server.resolvedUrls?.local[0] ?? ''
  const folder = mkdtempSync(path.join(tmpdir(), 'fleetlight-preview-'))
  for (const [name, text] of Object.entries(emptyProgram)) writeFileSync(path.join(folder, name), text)
  const electron = await _electron.launch({
    executablePath: runtime.path,
    args: [folder, '--no-sandbox', `--user-data-dir=${folder}/data`],
  })
  const page = await electron.firstWindow()
  page.on('pageerror', (error) => {
    throw error
  })

  let bridge = new FakeBridge()
  let plan: ConfirmationPlan | null = null
  await page.exposeFunction('askDashboard', (...args: Parameters<FakeBridge['invoke']>) => bridge.invoke(...args))
  await page.exposeFunction('askConfirmation', (command: string) =>
    command === 'act'
      ? { ok: false, kind: 'ledger', message: 'The ledger could not be written: the disk is full. Nothing was sent.' }
      : { ok: true, value: plan },
  )
  await page.clock.install({ time: now })
  await page.addInitScript(bridges)

  const open = async (file: string) => {
    await page.goto(address + file)
    await page.getByRole('heading').first().waitFor()
    await page.clock.setFixedTime(now)
  }
  return {
    page,
    async dashboard(situation) {
      bridge = new FakeBridge(situation.view, situation.answers)
      await open('index.html')
    },
    async confirmation(next) {
      plan = next
      await open('confirm.html')
    },
    async resize(width, height) {
      const size = [width, height] as const
      await electron.evaluate(({ BrowserWindow }, [w, h]) => {
        BrowserWindow.getAllWindows()[0]?.setContentSize(w, h)
      }, size)
    },
    async close() {
      await electron.close()
      await server.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
