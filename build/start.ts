/**
 * `npm start`: runs the built app, building it first when it is missing or older than its sources.
 * With --status it starts nothing: it reads status.json of the profile, prints it, and exits with its meaning.
 */
import path from 'node:path'

import { defaultProfileDir, formatStatus, readStatus, statusExitCode } from '../main/store/status-file.ts'
import { ensureBuilt } from './built.ts'
import { launchApp } from './launch.ts'

const args = process.argv.slice(2)

if (args.includes('--status')) process.exitCode = await printStatus()
else startApp()

/** Gives the exit status. What could not be read at all is "anything else": Node's own 1 would mean degraded. */
async function printStatus(): Promise<number> {
  try {
    const report = await readStatus(profileOf(args), Date.now())
    process.stdout.write(`${args.includes('--json') ? JSON.stringify(report) : formatStatus(report)}\n`)
    return statusExitCode(report)
  } catch (error) {
    process.stderr.write(`${String(error)}\n`)
    return 3
  }
}

function profileOf(given: readonly string[]): string {
  const inline = given.find((arg) => arg.startsWith('--profile='))?.slice('--profile='.length)
  const next = given.includes('--profile') ? given[given.indexOf('--profile') + 1] : undefined
  return path.resolve(inline ?? next ?? defaultProfileDir())
}

function startApp(): void {
  process.exitCode = 1
  if (!ensureBuilt(path.resolve(import.meta.dirname, '..'))) {
    process.stderr.write('The build failed, so there is nothing to start. "npm run check" tells more.\n')
    return
  }
  const app = launchApp(args)
  if (app === null) return
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => app.kill(signal))
  app.on('exit', (code) => {
    process.exitCode = code ?? 1
  })
}
