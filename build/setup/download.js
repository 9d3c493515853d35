import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'

import { run } from './run.js'

/** A download that gives no byte for this long is given up. */
const patienceMs = 20_000
/** A download that failed is not tried again for this long, so that set-up stays quick. */
const retryAfterMs = 86_400_000

/**
 * Runs the electron package's own download.
 * @param {string} root
 * @param {import('./report.js').Reporter} reporter
 * @param {number} [silenceMs]  given up after this long without a byte
 * @returns {Promise<string | null>} why there is none; null when the download ended well
 */
export async function downloadElectron(root, reporter, silenceMs = patienceMs) {
  const home = path.join(root, '.runtime')
  const note = path.join(home, 'download-failed')
  if (existsSync(note) && Date.now() - statSync(note).mtimeMs < retryAfterMs) return readFileSync(note, 'utf8')
  mkdirSync(home, { recursive: true })
  const reason = await reporter.during(
    `runtime: downloading Electron (given up after ${String(silenceMs / 1000)} s without a byte)`,
    () => download(root, home, silenceMs),
  )
  if (reason === null) {
    rmSync(note, { force: true })
    return null
  }
  writeFileSync(note, reason)
  reporter.doing(`runtime: no download (${reason}); tried again tomorrow, or once .runtime/download-failed is deleted`)
  return reason
}

/**
 * @param {string} root
 * @param {string} home
 * @param {number} silenceMs
 */
async function download(root, home, silenceMs) {
  const folder = mkdtempSync(path.join(home, 'download-'))
  const abort = new AbortController()
  const stopWatching = watchGrowth([folder, path.join(root, 'node_modules/electron/dist')], silenceMs, () => {
    abort.abort()
  })
  try {
    // Its temporary folder is ours, so that bytes can be seen to arrive.
    const env = { ...process.env, TMPDIR: folder, TMP: folder, TEMP: folder }
    const installer = path.join(root, 'node_modules/electron/install.js')
    const { status, output } = await run(process.execPath, [installer], { cwd: root, env, signal: abort.signal })
    if (abort.signal.aborted) return `no byte for ${String(silenceMs / 1000)} s`
    return status === 0 ? null : (output.split('\n').find((line) => /error|failed/i.test(line)) ?? output).trim()
  } finally {
    stopWatching()
    rmSync(folder, { recursive: true, force: true })
  }
}

/**
 * Calls back once none of the folders has grown for `silenceMs`. Returns its undo.
 * @param {readonly string[]} folders
 * @param {number} silenceMs
 * @param {() => void} onSilence
 */
function watchGrowth(folders, silenceMs, onSilence) {
  let size = 0
  let grewAt = Date.now()
  const timer = setInterval(
    () => {
      const now = folders.reduce((sum, folder) => sum + folderSize(folder), 0)
      if (now !== size) {
        size = now
        grewAt = Date.now()
      } else if (Date.now() - grewAt >= silenceMs) onSilence()
    },
    Math.min(500, silenceMs / 4),
  )
  return () => {
    clearInterval(timer)
  }
}

/** @param {string} folder */
function folderSize(folder) {
  if (!existsSync(folder)) return 0
  let size = 0
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isFile()) size += statSync(path.join(entry.parentPath, entry.name), { throwIfNoEntry: false })?.size ?? 0
  }
  return size
}
