import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'

import { SetupError } from './report.js'
import { run, tail } from './run.js'

/**
 * Installs the packages of the lock file, unless node_modules was made from this very lock file.
 * @param {string} root
 * @param {import('./report.js').Reporter} reporter
 */
export async function ensurePackages(root, reporter) {
  const stamp = path.join(root, 'node_modules/.cache/fleetlight/lock.sha256')
  const lock = createHash('sha256')
    .update(readFileSync(path.join(root, 'package-lock.json')))
    .digest('hex')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) {
    reporter.fact('packages: up to date')
    return
  }
  reporter.doing('packages: npm ci (one to two minutes)')
  const { status, output } = await run('npm', ['ci', '--no-audit', '--no-fund'], { cwd: root })
  if (status !== 0) {
    throw new SetupError(
      `"npm ci" failed:\n${tail(output)}\nCheck that this machine reaches its npm registry, then run the command again.`,
    )
  }
  mkdirSync(path.dirname(stamp), { recursive: true })
  writeFileSync(stamp, lock)
  reporter.doing('packages: installed')
}
