/**
 * `npm start`: runs the built app, building it first when it is missing or older than its sources.
 * With --status it starts nothing: it reads status.json of the profile, prints it, and exits with its meaning.
 */
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'
import path from 'node:path'

import { defaultProfileDir, formatStatus, readStatus, statusExitCode } from '../main/store/status-file.ts'
import { findRuntime } from './setup/runtime.js'

const root = path.resolve(import.meta.dirname, '..')
const args = process.argv.slice(2)

if (args.includes('--status')) await printStatus()
else startApp()

async function printStatus(): Promise<void> {
  const outcome = await readStatus(profileOf(args), Date.now())
  process.stdout.write(`${formatStatus(outcome, { json: args.includes('--json') })}\n`)
  process.exitCode = statusExitCode(outcome)
}

function profileOf(given: readonly string[]): string {
  const inline = given.find((arg) => arg.startsWith('--profile='))?.slice('--profile='.length)
  const next = given.includes('--profile') ? given[given.indexOf('--profile') + 1] : undefined
  return path.resolve(inline ?? next ?? defaultProfileDir())
}

function startApp(): void {
  if (isBuildOld()) {
    const build = spawnSync('npm', ['run', '--silent', 'build'], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] })
    if (build.status !== 0) {
      process.stderr.write('The build failed, so there is nothing to start. "npm run check" tells more.\n')
      process.exitCode = 1
      return
    }
  }
  const runtime = findRuntime(root)
  if (runtime === null) {
    process.stderr.write('There is no Electron runtime. Run "npm run setup".\n')
    process.exitCode = 1
    return
  }
  const asRoot = process.getuid?.() === 0
  if (asRoot) process.stderr.write("Running as root: Chromium's sandbox is off. Use an ordinary user for real work.\n")
  const child = spawn(runtime.path, [root, ...(asRoot ? ['--no-sandbox'] : []), ...args], { stdio: 'inherit' })
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal))
  child.on('exit', (code, signal) => {
    process.exitCode = signal === null ? (code ?? 1) : 1
  })
}

/** True when there is no build, or a source is newer than it. */
function isBuildOld(): boolean {
  const built = path.join(root, 'dist/main/index.js')
  if (!existsSync(built)) return true
  const builtAt = statSync(built).mtimeMs
  return ['main', 'preload', 'renderer', 'vite.config.ts', 'package-lock.json'].some(
    (source) => newestIn(path.join(root, source)) > builtAt,
  )
}

function newestIn(place: string): number {
  const stat = statSync(place)
  if (!stat.isDirectory()) return stat.mtimeMs
  return readdirSync(place).reduce((newest, name) => Math.max(newest, newestIn(path.join(place, name))), 0)
}
