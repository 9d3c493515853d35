import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'

import { SetupError } from './report.js'
import { run, tail } from './run.js'

/** What a failure of npm means for a person, by what npm says; the first that holds. */
const advices = [
  { sign: /spawn npm ENOENT/, advice: 'npm is not there: install it, on Debian with "apt-get install npm".' },
  { sign: /code ENOSPC/, advice: 'The disk is full: about 1.5 GB are needed here and in the npm cache.' },
  {
    sign: /code (EACCES|EPERM|EROFS)/,
    advice: 'This folder or the npm cache belongs to another user: see the path above.',
  },
  { sign: /code (ENOTEMPTY|EBUSY)/, advice: 'Another program uses node_modules: end it.' },
  {
    sign: /code EUSAGE/,
    advice: 'package.json and package-lock.json differ: run "npm install" if you changed the former.',
  },
  { sign: /./, advice: 'Check that this machine reaches its npm registry: "npm ping".' },
]

/**
 * Installs the packages of the lock file, unless node_modules holds them already, whoever installed them.
 * @param {string} root
 * @param {import('./report.js').Reporter} reporter
 */
export async function ensurePackages(root, reporter) {
  if (isInstalled(root) && isMade(root)) {
    reporter.fact('packages: up to date')
    return
  }
  const { status, output } = await reporter.during('packages: npm ci (one to two minutes)', () =>
    run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: root, env: withoutOwnPackages(root) }),
  )
  if (status !== 0) {
    const advice = advices.find(({ sign }) => sign.test(output))?.advice ?? ''
    throw new SetupError(`"npm ci" failed:\n${tail(output)}\n${advice} Then run the same command again.`)
  }
  if (!isMade(root)) {
    throw new SetupError(
      '"npm ci" ended well, but did not run the install scripts of "node" and "keytar", which are needed. ' +
        'Run "npm ci --ignore-scripts=false", then the same command again.',
    )
  }
  reporter.doing('packages: installed')
}

/**
 * Whether node_modules is what the lock file says. npm writes what it installed as the last thing, so there is no such
 * list after an installation that broke off.
 * @param {string} root
 */
function isInstalled(root) {
  const wanted = packagesOf(path.join(root, 'package-lock.json'))
  const there = packagesOf(path.join(root, 'node_modules/.package-lock.json'))
  return (
    Object.keys(there).every((place) => place in wanted) &&
    Object.entries(wanted).every(([place, { version, integrity, optional = false }]) => {
      const found = there[place]
      // What is optional may be for another system.
      return found === undefined ? optional || place === '' : found.version === version && found.integrity === integrity
    })
  )
}

/**
 * @param {string} file
 * @returns {Record<string, { version?: string, integrity?: string, optional?: boolean }>} by place; none without the file
 */
function packagesOf(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).packages : {}
}

/**
 * Whether the install scripts have run that others of our commands need.
 * @param {string} root
 */
function isMade(root) {
  const node = process.platform === 'win32' ? 'node.exe' : 'node'
  return [`node/bin/${node}`, 'keytar/build/Release/keytar.node'].every((file) =>
    existsSync(path.join(root, 'node_modules', file)),
  )
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
