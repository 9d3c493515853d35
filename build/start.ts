/**
 * `npm start`: runs the built app, building it first when it is missing or older than its sources.
 * With --status it starts nothing: it reads status.json of the profile, prints it, and exits with its meaning.
 */
import path from 'node:path'

import { formatStatus, readStatus, statusExitCode } from '../main/store/status-file.ts'
import { ensureBuilt } from './built.ts'
import { launchApp, passSignalsTo, statusOf } from './launch.ts'
import { profileOf } from './profile-of.ts'
import { hasScreen, noScreen } from './screen.ts'

const args = process.argv.slice(2)
const profile = profileOf(args)
if (args.includes('--status')) process.exitCode = profile === null ? 3 : await printStatus(profile)
else process.exitCode = profile === null ? 2 : await startApp(profile)

/** Gives the exit status. What could not be read at all is "anything else": Node's own 1 would mean degraded. */
async function printStatus(profile: string): Promise<number> {
  try {
    const report = await readStatus(profile, Date.now())
    process.stdout.write(`${args.includes('--json') ? JSON.stringify(report) : formatStatus(report)}\n`)
    return statusExitCode(report)
  } catch (error) {
    process.stderr.write(`${String(error)}\n`)
    return 3
  }
}

async function startApp(profile: string): Promise<number> {
  if (!hasScreen()) {
    process.stderr.write(`${noScreen} Neither "npm run demo" nor "npm start -- --status" needs one.\n`)
    return 1
  }
  if (!ensureBuilt(path.resolve(import.meta.dirname, '..'))) {
    process.stderr.write('The build failed, so there is nothing to start. "npm run check" tells more.\n')
    return 1
  }
  const app = launchApp(args)
  if (app === null) return 1
  passSignalsTo(app)
  return statusOf(app, profile)
}
