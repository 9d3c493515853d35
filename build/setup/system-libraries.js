import { existsSync, readFileSync } from 'node:fs'

import { SetupError } from './report.js'
import { run, tail } from './run.js'

/** What Electron, its keychain, and the virtual desktop of tests and demo need, as Debian 12 names it. */
const debianPackages = [
  // Electron and the keychain
  'libgtk-3-0',
  'libnss3',
  'libgbm1',
  'libasound2',
  'libsecret-1-0',
  // the virtual desktop: screen, bus, window manager, tray host, notifications, keyring
  'xvfb',
  'xauth',
  'x11-utils',
  'xdotool',
  'imagemagick',
  'dbus',
  'dbus-x11',
  'libglib2.0-bin',
  'systemd',
  'openbox',
  'xfce4-panel',
  'python3-dbusmock',
  'gnome-keyring',
  'libsecret-tools',
  'fonts-inter',
  // the runtime's archive
  'unzip',
]

/**
 * Installs the system libraries that are missing. Only Debian and Ubuntu are known; elsewhere it says so and goes on.
 * @param {import('./report.js').Reporter} reporter
 */
export async function ensureSystemLibraries(reporter) {
  if (!isDebianLike()) {
    reporter.fact('system libraries: not checked (only Debian and Ubuntu are known)')
    return
  }
  const missing = missingPackages(await installedPackages())
  if (missing.length === 0) {
    reporter.fact('system libraries: all there')
    return
  }
  const command = installCommand(missing)
  if (process.getuid?.() !== 0) {
    throw new SetupError(`system libraries are missing. Run this, then the same command again:\n\n  ${command}\n`)
  }
  reporter.doing(`system libraries: installing ${missing.join(' ')}`)
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const update = await run('apt-get', ['update', '-q'], { env })
  const install = await run('apt-get', ['install', '-y', '-q', '--no-install-recommends', ...missing], { env })
  if (install.status !== 0) {
    throw new SetupError(
      `"${command}" failed:\n${tail(update.status === 0 ? install.output : update.output + install.output)}\nRun it by hand to see why, then the same command again.`,
    )
  }
  reporter.doing('system libraries: installed')
}

function isDebianLike() {
  if (process.platform !== 'linux' || !existsSync('/etc/os-release')) return false
  return /^ID(_LIKE)?=.*\b(debian|ubuntu)\b/m.test(readFileSync('/etc/os-release', 'utf8'))
}

/** @returns {Promise<Set<string>>} */
async function installedPackages() {
  const { output } = await run('dpkg-query', ['-W', '-f', '${db:Status-Abbrev} ${Package}\n', ...acceptable()])
  const rows = output.split('\n').filter((row) => row.startsWith('ii '))
  return new Set(rows.map((row) => row.slice(3).trim()))
}

/** Later releases renamed some libraries for 64-bit time; either name will do. */
function acceptable() {
  return debianPackages.flatMap((name) => [name, `${name}t64`])
}

/**
 * @param {ReadonlySet<string>} installed
 * @returns {string[]}
 */
export function missingPackages(installed) {
  return debianPackages.filter((name) => !installed.has(name) && !installed.has(`${name}t64`))
}

/** @param {readonly string[]} missing */
export function installCommand(missing) {
  return `sudo apt-get update && sudo apt-get install -y --no-install-recommends ${missing.join(' ')}`
}
