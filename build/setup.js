/**
 * Everything that the other commands need: packages, system libraries, the Electron runtime. Needs only Node 20 and
 * its built-ins, does nothing twice, and says what it tried and what to do when something cannot be had.
 *
 *   node build/setup.js            shows each step
 *   node build/setup.js --quiet    shows only what it had to do
 */
import path from 'node:path'
import { fileURLToPath } from 'node:url'

import { ensurePackages } from './setup/packages.js'
import { ensureRuntime } from './setup/runtime.js'
import { SetupError, makeReporter } from './setup/report.js'
import { ensureSystemLibraries } from './setup/system-libraries.js'

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)))
const reporter = makeReporter({ quiet: process.argv.includes('--quiet') })

try {
  await ensurePackages(root, reporter)
  await ensureSystemLibraries(reporter)
  const runtime = await ensureRuntime(root, reporter)
  reporter.fact(`runtime: Electron ${runtime.version} (${runtime.source})`)
} catch (error) {
  if (!(error instanceof SetupError)) throw error
  process.stderr.write(`\nset-up stopped: ${error.message}\n`)
  process.exitCode = 1
}
