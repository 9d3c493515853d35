import { existsSync, readFileSync } from 'node:fs'

import { SetupError } from './report.js'
import { run, tail } from './run.js'

/** What Electron and its keychain need, and the unpacking of a runtime; all names as in Debian 12. */
const appLibraries = ['libgtk-3-0', 'libnss3', 'libgbm1', 'libasound2', 'libsecret-1-0', 'unzip']

/** Screen, bus, window manager, tray host, notification service, keyring, and the means to look at them. */
const virtualDesktop = [
  ...['xvfb', 'xdotool', 'imagemagick', 'fonts-inter'],
  ...['dbus', 'dbus-x11', 'libglib2.0-bin', 'systemd', 'dunst'],
  ...['openbox', 'xfce4-panel', 'gnome-keyring', 'libsecret-tools'],
]

/** Libraries that later releases renamed when they went over to 64-bit time. */
const renamed = new Set(['libgtk-3-0', 'libasound2'])

/**
 * Installs the system libraries that are missing. Only Debian and Ubuntu are known; elsewhere it says so and goes on.
 * @param {import('./report.js').Reporter} reporter
 * @param {{ withVirtualDesktop: boolean, isRoot?: boolean, osRelease?: string }} options
 */
export async function ensureSystemLibraries(
  reporter,
  { withVirtualDesktop, isRoot = process.getuid?.() === 0, osRelease = '/etc/os-release' },
) {
  if (!isDebianLike(osRelease)) {
    reporter.fact('system libraries: not checked (only Debian and Ubuntu are known)')
    return
  }
  const wanted = withVirtualDesktop ? [...appLibraries, ...virtualDesktop] : appLibraries
  const missing = await missingPackages(wanted)
  if (missing.length === 0) {
    reporter.fact('system libraries: all there')
    return
  }
  if (!isRoot) {
    throw new SetupError(
      'system libraries are missing. Run this, then the same command again:\n\n' +
        `  sudo apt-get update && sudo apt-get install -y --no-install-recommends ${(await asNamedHere(missing)).join(' ')}\n`,
    )
  }
  await reporter.during(`system libraries: installing ${missing.join(' ')}`, () => install(missing))
  reporter.doing('system libraries: installed')
}

/** @param {readonly string[]} names */
async function install(names) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  // A fresh machine may be installing something of its own.
  const wait = ['-o', 'DPkg::Lock::Timeout=120']
  const update = await run('apt-get', [...wait, 'update', '-q'], { env })
  const args = ['install', '-y', '-q', '--no-install-recommends', ...(await asNamedHere(names))]
  const { status, output } = await run('apt-get', [...wait, ...args], { env })
  if (status !== 0) {
    throw new SetupError(
      `"apt-get ${args.join(' ')}" failed:\n${tail(update.status === 0 ? output : `${update.output}\n${output}`)}\n` +
        'Run "apt-get update" and then that command by hand to see why; after that the same command again.',
    )
  }
}

/** @param {string} osRelease */
function isDebianLike(osRelease) {
  return existsSync(osRelease) && /^ID(_LIKE)?=.*\b(debian|ubuntu)\b/m.test(readFileSync(osRelease, 'utf8'))
}

/** @param {string} name */
const renamedTo = (name) => `${name}t64`

/** @param {readonly string[]} wanted */
async function missingPackages(wanted) {
  const names = wanted.flatMap((name) => (renamed.has(name) ? [name, renamedTo(name)] : [name]))
  const { output } = await run('dpkg-query', ['-W', '-f', '${db:Status-Abbrev} ${Package}\n', ...names])
  const rows = output.split('\n').filter((row) => row.startsWith('ii '))
  const installed = new Set(rows.map((row) => row.slice(3).trim()))
  return wanted.filter((name) => !installed.has(name) && !installed.has(renamedTo(name)))
}

/**
 * The names by which this release has the packages.
 * @param {readonly string[]} names
 */
async function asNamedHere(names) {
  const known = await Promise.all(
    names.map(async (name) => {
      if (!renamed.has(name)) return name
      const { output } = await run('apt-cache', ['pkgnames', renamedTo(name)])
      return output.split('\n').includes(renamedTo(name)) ? renamedTo(name) : name
    }),
  )
  return known
}
