import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

import { checkTarball } from '../../build/setup/registry-runtime.js'
import { findRuntime } from '../../build/setup/runtime.js'
import { installCommand, missingPackages } from '../../build/setup/system-libraries.js'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'fleetlight-setup-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true })
  vi.unstubAllEnvs()
})

describe('set-up', () => {
  it('refuses a tarball whose sum is not the expected one, before anything in it is used', async () => {
    const file = path.join(folder, 'package.tgz')
    writeFileSync(file, 'something else')
    await expect(checkTarball(file, 'AAAA')).rejects.toThrow(/not the one expected.*Nothing of it was run/s)
  })

  it('takes the runtime that FLEETLIGHT_ELECTRON names before any other', () => {
    const executable = path.join(folder, 'electron')
    writeFileSync(executable, '')
    writeFileSync(path.join(folder, 'version'), 'v45.4.1')
    vi.stubEnv('FLEETLIGHT_ELECTRON', executable)
    expect(findRuntime(folder)).toEqual({ path: executable, version: '45.4.1', source: 'FLEETLIGHT_ELECTRON' })
  })

  it('says so when FLEETLIGHT_ELECTRON names nothing', () => {
    vi.stubEnv('FLEETLIGHT_ELECTRON', path.join(folder, 'gone'))
    expect(() => findRuntime(folder)).toThrow(/does not exist. Correct it or unset it/)
  })

  it('prints one command for exactly the libraries that are missing', () => {
    const all = missingPackages(new Set())
    const missing = missingPackages(new Set(all.filter((name) => name !== 'libnss3' && name !== 'xvfb')))
    expect(installCommand(missing)).toBe(
      'sudo apt-get update && sudo apt-get install -y --no-install-recommends libnss3 xvfb',
    )
  })

  it('accepts a library under the name that later releases gave it', () => {
    expect(missingPackages(new Set(['libgtk-3-0t64']))).not.toContain('libgtk-3-0')
  })
})
