import { spawn, type ChildProcess } from 'node:child_process'
import { constants } from 'node:os'
import path from 'node:path'

import { hasQuit } from './has-quit.ts'
import { SetupError } from './setup/report.js'
import { findRuntime } from './setup/runtime.js'

const root = path.resolve(import.meta.dirname, '..')

/** Runs the built app in the Electron that set-up found; null, with a word to the person, when there is none. */
export function launchApp(args: readonly string[], env: NodeJS.ProcessEnv = {}): ChildProcess | null {
  const runtime = runtimeOrReason()
  if (typeof runtime === 'string') {
    process.stderr.write(`${runtime}\n`)
    return null
  }
  process.stderr.write(`Electron ${runtime.version} (${runtime.source})\n`)
  const asRoot = process.getuid?.() === 0
  if (asRoot) process.stderr.write("Running as root: Chromium's sandbox is off. Use an ordinary user for real work.\n")
  const app = spawn(runtime.path, [root, ...(asRoot ? ['--no-sandbox'] : []), ...args], {
    stdio: 'inherit',
    env: { ...process.env, ...env },
    // A group of its own: Ctrl-C reaches a whole group, and Electron quits in order at the first signal, at once at the second.
    detached: process.platform !== 'win32',
  })
  app.on('error', (error) => {
    process.stderr.write(`${runtime.path} could not be started: ${error.message}\n`)
  })
  return app
}

/** Hands on to the app what would end us. For one app a process. */
export function passSignalsTo(app: ChildProcess): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => app.kill(signal))
}

/**
 * Waits for the end of the app; gives its exit status, and 128 and the signal's number where one ended it. An app that
 * ended itself by SIGKILL, because a keychain or a name server would have held it for minutes, has quit all the same.
 * @param profile  the folder that it keeps its log in
 */
export function statusOf(app: ChildProcess, profile: string): Promise<number> {
  return new Promise((resolve) => {
    app.once('error', () => {
      resolve(1)
    })
    app.once('exit', (code, signal) => {
      if (signal === null) resolve(code ?? 1)
      else resolve(signal === 'SIGKILL' && hasQuit(profile, app.pid ?? 0) ? 0 : 128 + constants.signals[signal])
    })
  })
}

function runtimeOrReason() {
  try {
    return findRuntime() ?? 'There is no Electron runtime. Run "npm run setup".'
  } catch (error) {
    if (error instanceof SetupError) return error.message
    throw error
  }
}
