import { spawn, type ChildProcess } from 'node:child_process'
import path from 'node:path'

import { findRuntime } from './setup/runtime.js'

const root = path.resolve(import.meta.dirname, '..')

/** Runs the built app in the Electron that set-up found; null, with a word to the person, when there is none. */
export function launchApp(args: readonly string[], env: NodeJS.ProcessEnv = {}): ChildProcess | null {
  const runtime = findRuntime()
  if (runtime === null) {
    process.stderr.write('There is no Electron runtime. Run "npm run setup".\n')
    return null
  }
  process.stderr.write(`Electron ${runtime.version} (${runtime.source})\n`)
  const asRoot = process.getuid?.() === 0
  if (asRoot) process.stderr.write("Running as root: Chromium's sandbox is off. Use an ordinary user for real work.\n")
  return spawn(runtime.path, [root, ...(asRoot ? ['--no-sandbox'] : []), ...args], {
    stdio: 'inherit',
    env: { ...process.env, ...env },
  })
}
