import { readFileSync } from 'node:fs'
import path from 'node:path'

import { SetupError } from './report.js'

/**
 * Refuses a Node that is older than package.json says.
 * @param {string} root
 * @param {string} [version]  of the Node that runs
 */
export function checkNode(root, version = process.versions.node) {
  const { engines } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'))
  const needed = String(engines.node).replace('>=', '')
  const [major = 0, minor = 0] = needed.split('.').map(Number)
  const [ownMajor = 0, ownMinor = 0] = version.split('.').map(Number)
  if (ownMajor > major || (ownMajor === major && ownMinor >= minor)) return
  throw new SetupError(
    `Node ${needed} or newer is needed, and this is Node ${version} (${process.execPath}). Install a newer one, from ` +
      'https://nodejs.org or another package source of your system, then run the same command again.',
  )
}
