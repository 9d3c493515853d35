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
  const { status, output } = await reporter.during('packages: npm ci (one to two minutes)', () =>
    run('npm', ['ci', '--no-audit', '--no-fund'], { cwd: root, env: withoutOwnPackages(root) }),
  )
  if (status !== 0) {
    throw new SetupError(
      `"npm ci" failed:\n${tail(output)}\nCheck that this machine reaches its npm registry, then run the command again.`,
    )
  }
  mkdirSync(path.dirname(stamp), { recursive: true })
  writeFileSync(stamp, lock)
  reporter.doing('packages: installed')
}

/**
 * The environment with the machine's own Node first: npm must not run on the one that "npm ci" is about to delete.
 * @param {string} root
 * @returns {NodeJS.ProcessEnv}
 */
function withoutOwnPackages(root) {
  const own = path.join(root, 'node_modules')
  const places = (process.env.PATH ?? '').split(path.delimiter).filter((place) => !place.startsWith(own))
  return { ...process.env, PATH: places.join(path.delimiter) }
}
