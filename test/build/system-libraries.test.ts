import { readFileSync } from 'node:fs'
import path from 'node:path'

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

import { ensureSystemLibraries } from '../../build/setup/system-libraries.js'
import { makeFolder, quietReporter } from './setup-folder.ts'

/** Puts before the machine's package tools ones that say that all is installed but what `absent` names. */
function machineWithout(absent: readonly string[], release: readonly string[] = [], aptStatus = 0): string {
  const folder = makeFolder({
    'dpkg-query': `#!/bin/sh
shift 3
for name; do case " ${absent.join(' ')} " in *" $name "*) ;; *) case $name in *t64) ;; *) echo "ii  $name" ;; esac ;; esac; done`,
    'apt-cache': `#!/bin/sh
for name in ${release.join(' ')}; do [ "$name" = "$2" ] && echo "$name"; done; true`,
    'apt-get': `#!/bin/sh
echo "$@" >> "$(dirname "$0")/calls"; echo 'E: cannot fetch'; exit ${String(aptStatus)}`,
  })
  vi.stubEnv('PATH', `${folder}${path.delimiter}${process.env.PATH ?? ''}`)
  return folder
}

afterEach(() => {
  vi.unstubAllEnvs()
})

let osRelease: string
beforeEach(() => {
  osRelease = path.join(makeFolder({ 'os-release': 'NAME="Debian GNU/Linux"\nID=debian\n' }), 'os-release')
})
const ensure = (isRoot: boolean, reporter = quietReporter()) =>
  ensureSystemLibraries(reporter, { withVirtualDesktop: true, isRoot, osRelease })

describe('system libraries on Debian', () => {
  it('are left alone when all are there', async () => {
    machineWithout([])
    const reporter = quietReporter()
    await ensure(false, reporter)
    expect(reporter.told).toEqual(['system libraries: all there'])
  })

  it('are named in one command for a person who is not root, exactly those that are missing', async () => {
    machineWithout(['libnss3', 'xvfb'])
    await expect(ensure(false)).rejects.toThrow(
      'sudo apt-get update && sudo apt-get install -y --no-install-recommends libnss3 xvfb\n',
    )
  })

  it('have the names of the release', async () => {
    machineWithout(['libasound2', 'libgtk-3-0'], ['libasound2t64', 'libgtk-3-0t64'])
    await expect(ensure(false)).rejects.toThrow('--no-install-recommends libgtk-3-0t64 libasound2t64\n')
  })

  it('of a virtual desktop are not asked for where only the app shall run', async () => {
    machineWithout(['xvfb'])
    await expect(
      ensureSystemLibraries(quietReporter(), { withVirtualDesktop: false, isRoot: false, osRelease }),
    ).resolves.toBeUndefined()
  })

  it('are installed by root, from fresh lists', async () => {
    const folder = machineWithout(['xvfb'])
    await ensure(true)
    const calls = readFileSync(path.join(folder, 'calls'), 'utf8').trim().split('\n')
    expect(calls).toEqual([expect.stringContaining('update'), expect.stringMatching(/install .* xvfb$/)])
  })

  it('are nobody’s guess on another system', async () => {
    const reporter = quietReporter()
    const fedora = path.join(makeFolder({ 'os-release': 'ID=fedora\n' }), 'os-release')
    await ensureSystemLibraries(reporter, { withVirtualDesktop: true, osRelease: fedora })
    expect(reporter.told).toEqual(['system libraries: not checked (only Debian and Ubuntu are known)'])
  })

  it('that cannot be installed stop the set-up with the reason and the command', async () => {
    machineWithout(['xvfb'], [], 100)
    await expect(ensure(true)).rejects.toThrow(/"apt-get install .* xvfb" failed:[\s\S]*E: cannot fetch/)
  })
})
