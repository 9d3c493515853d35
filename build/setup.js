/**
 * Everything that the other commands need: packages, system libraries, the Electron runtime. Needs only Node 20 and
 * its built-ins, does nothing twice, and says what it tried and what to do when something cannot be had.
 *
 *   node build/setup.js          for tests and the demo: with the virtual desktop
 *   node build/setup.js --app    for running the app on a desktop that is there
 *   ... --quiet                  shows only what it had to do
 */
import path from 'node:path'
import { fileURLToPath } from 'node:url'

import { checkNode } from './setup/node-version.js'
import { ensurePackages } from './setup/packages.js'
import { makeReporter, SetupError } from './setup/report.js'
import { ensureRuntime } from './setup/runtime.js'
import { ensureSystemLibraries } from './setup/system-libraries.js'

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)))
const reporter = makeReporter({ quiet: process.argv.includes('--quiet') })

try {
  checkNode(root)
  await ensurePackages(root, reporter)
  await ensureSystemLibraries(reporter, { withVirtualDesktop: !process.argv.includes('--app') })
  const runtime = await ensureRuntime(root, reporter)
  reporter.fact(`runtime: Electron ${runtime.version} (${runtime.source})`)
} catch (error) {
  const told = error instanceof SetupError ? error.message : String(error instanceof Error ? error.stack : error)
  process.stderr.write(`\nset-up stopped: ${told}\n`)
  // Not 1 or 2: "npm start -- --status" passes them on, and there they mean degraded and critical.
  process.exitCode = 3
}
