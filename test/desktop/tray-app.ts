import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'

import { build } from 'vite'

import type { Desk } from '../../build/desk.ts'
import { until } from '../../build/desk/until.ts'
import { writeIcons } from '../../build/icons.ts'
import { findRuntime } from '../../build/setup/runtime.js'
import type { Order } from './fixtures/tray-app.ts'

/** Builds the fixture app into a folder of its own; returns the folder. */
export async function buildTrayApp(): Promise<string> {
  const folder = mkdtempSync(path.join(tmpdir(), 'fleetlight-tray-app-'))
  writeFileSync(
    path.join(folder, 'package.json'),
    '{"name":"tray-app","version":"0.0.0","type":"module","main":"tray-app.js"}',
  )
  await build({
    configFile: false,
    logLevel: 'error',
    ssr: { noExternal: true, external: ['electron'] },
    build: {
      ssr: path.join(import.meta.dirname, 'fixtures/tray-app.ts'),
      outDir: folder,
      emptyOutDir: false,
      target: 'node20',
      rolldownOptions: { external: [/^electron(\/.+)?$/], output: { format: 'es', entryFileNames: 'tray-app.js' } },
    },
  })
  writeIcons(path.join(folder, 'icons'))
  return folder
}

/** The fixture app, running on a desk. */
export class TrayApp {
  readonly #child: ChildProcess
  readonly #profile: string
  /** What it told, the oldest first. */
  readonly told: Record<string, unknown>[] = []

  private constructor(folder: string, desk: Desk, env: NodeJS.ProcessEnv) {
    this.#profile = mkdtempSync(path.join(tmpdir(), 'fleetlight-tray-profile-'))
    const runtime = findRuntime()
    if (runtime === null) throw new Error('There is no Electron runtime. Run "npm run setup".')
    this.#child = spawn(runtime.path, [folder, '--no-sandbox', `--user-data-dir=${this.#profile}`], {
      env: { ...desk.env, ...env },
      stdio: ['pipe', 'pipe', 'ignore'],
    })
    if (this.#child.stdout === null) throw new Error('It cannot be heard')
    createInterface(this.#child.stdout).on('line', (line) => {
      if (line.startsWith('{')) this.told.push(JSON.parse(line) as Record<string, unknown>)
    })
  }

  static async launch(folder: string, desk: Desk, env: NodeJS.ProcessEnv = {}): Promise<TrayApp> {
    const app = new TrayApp(folder, desk, env)
    await app.hears({ ready: true })
    return app
  }

  order(order: Order): void {
    this.#child.stdin?.write(`${JSON.stringify(order)}\n`)
  }

  /** Waits until it has told something with these properties, since `since` tellings. */
  hears(properties: Record<string, unknown>, since = 0): Promise<Record<string, unknown>> {
    const wanted = Object.entries(properties).map((entry) => JSON.stringify(entry))
    return until(
      `the app tells ${JSON.stringify(properties)}`,
      () => {
        const found = this.told.slice(since).find((one) => {
          const has = new Set(Object.entries(one).map((entry) => JSON.stringify(entry)))
          return wanted.every((entry) => has.has(entry))
        })
        if (found !== undefined) return found
        throw new Error(`told: ${JSON.stringify(this.told)}`)
      },
      { everyMs: 20 },
    )
  }

  async quit(): Promise<void> {
    const { exitCode, signalCode } = this.#child
    if (exitCode === null && signalCode === null) {
      const gone = once(this.#child, 'exit')
      this.#child.stdin?.end()
      await gone
    }
    rmSync(this.#profile, { recursive: true, force: true, maxRetries: 3 })
  }
}
