import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

import { downloadElectron } from '../../build/setup/download.js'
import { ensureRuntime, findRuntime } from '../../build/setup/runtime.js'
import { makeFolder, quietReporter } from './setup-folder.ts'

const installed = {
  'node_modules/electron/dist/electron': '',
  'node_modules/electron/dist/version': 'v45.4.1',
  'node_modules/electron/path.txt': 'electron',
}
const made = { '.runtime/electron-33.2.1/electron': '' }
/** An installer that writes what Electron's writes, and notes that it ran. */
const installer = (body: string) => ({
  'node_modules/electron/install.js': `const fs = require('fs'); fs.appendFileSync('ran', 'x'); ${body}`,
})
const writesRuntime = `fs.mkdirSync('node_modules/electron/dist'); for (const [name, text] of
  [['dist/electron', ''], ['dist/version', '45.4.1'], ['path.txt', 'electron']])
  fs.writeFileSync('node_modules/electron/' + name, text)`

beforeEach(() => {
  vi.stubEnv('FLEETLIGHT_ELECTRON', '')
})
afterEach(() => {
  vi.unstubAllEnvs()
})

describe('the Electron runtime that is there', () => {
  it('is the one that FLEETLIGHT_ELECTRON names, before any other', () => {
    const root = makeFolder({ ...installed, ...made, 'mine/electron': '#!', 'mine/version': '44.1.0' })
    vi.stubEnv('FLEETLIGHT_ELECTRON', path.join(root, 'mine/electron'))
    expect(findRuntime(root)).toEqual({
      path: path.join(root, 'mine/electron'),
      version: '44.1.0',
      source: 'FLEETLIGHT_ELECTRON',
    })
  })

  it('is never another one when FLEETLIGHT_ELECTRON names nothing', () => {
    const root = makeFolder(installed)
    vi.stubEnv('FLEETLIGHT_ELECTRON', path.join(root, 'gone'))
    expect(() => findRuntime(root)).toThrow(/does not exist. Correct it or unset it/)
  })

  it.each(['mine', 'mine/version'])('is not %s, which cannot be run, when FLEETLIGHT_ELECTRON names that', (name) => {
    const root = makeFolder({ ...installed, 'mine/version': '44.1.0' })
    vi.stubEnv('FLEETLIGHT_ELECTRON', path.join(root, name))
    expect(() => findRuntime(root)).toThrow(/cannot be run. Let it name the executable itself, not its folder/)
  })

  it('is the electron package’s own before the one made of a registry package', () => {
    expect(findRuntime(makeFolder({ ...installed, ...made }))).toMatchObject({ version: '45.4.1' })
    expect(findRuntime(makeFolder(made))).toMatchObject({ version: '33.2.1' })
    expect(findRuntime(makeFolder())).toBeNull()
  })

  it('is not an electron package whose unpacking broke off', () => {
    expect(findRuntime(makeFolder({ 'node_modules/electron/dist/electron': '' }))).toBeNull()
  })
})

describe('the download of the electron package', () => {
  it('is used when it works', async () => {
    const root = makeFolder({ ...installer(writesRuntime), ...made })
    expect(await ensureRuntime(root, quietReporter())).toMatchObject({ source: 'the electron package' })
  })

  it('is not begun when a runtime is there already', async () => {
    const root = makeFolder({ ...installer(''), ...installed })
    await ensureRuntime(root, quietReporter())
    expect(existsSync(path.join(root, 'ran'))).toBe(false)
  })

  it('gives way to the registry’s runtime when it fails, and is not tried again the same day', async () => {
    const root = makeFolder({ ...installer('console.error("Error: no route"); process.exit(1)'), ...made })
    const reporter = quietReporter()
    expect(await ensureRuntime(root, reporter)).toMatchObject({ source: 'a registry package' })
    expect(await ensureRuntime(root, reporter)).toMatchObject({ source: 'a registry package' })
    expect(readFileSync(path.join(root, 'ran'), 'utf8')).toBe('x')
    expect(reporter.told.join('\n')).toContain('no download (Error: no route)')
  })

  it('is given up after a silence', async () => {
    const root = makeFolder(installer('setInterval(() => {}, 1000)'))
    expect(await downloadElectron(root, quietReporter(), 200)).toBe('no byte for 0.2 s')
    expect(readdirSync(path.join(root, '.runtime'))).toEqual(['download-failed'])
  })

  it('may take as long as it likes while bytes arrive', async () => {
    const trickle = `let left = 35; const timer = setInterval(() => {
      fs.appendFileSync(require('os').tmpdir() + '/part', 'x'); if (--left === 0) clearInterval(timer) }, 100)`
    const root = makeFolder(installer(trickle))
    expect(await downloadElectron(root, quietReporter(), 2500)).toBeNull()
  })
})
