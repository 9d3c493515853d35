import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses'
import { expect, onTestFinished, test } from 'vitest'

import { afterPack } from '../../build/set-fuses.js'

const fuseCount = Object.keys(FuseV1Options).length / 2

/** An executable as far as fuses go: the mark that Electron's builds carry, a version, and `count` fuses that are on. */
function packed(count: number) {
  const appOutDir = mkdtempSync(path.join(tmpdir(), 'fleetlight-fuses-'))
  onTestFinished(() => {
    rmSync(appOutDir, { recursive: true })
  })
  const wire = Buffer.concat([Buffer.from([1, count]), Buffer.alloc(count, '1')])
  const executable = path.join(appOutDir, 'fleetlight')
  writeFileSync(executable, Buffer.concat([Buffer.from('before dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'), wire]))
  const packager = {
    appInfo: { productFilename: 'Fleetlight' },
    platformSpecificBuildOptions: { executableName: 'fleetlight' },
  }
  return { executable, context: { appOutDir, electronPlatformName: 'linux', packager } as unknown as Context }
}

type Context = Parameters<typeof afterPack>[0]

test('every fuse is set, those that let foreign code in off', async () => {
  const { executable, context } = packed(fuseCount)
  await afterPack(context)
  const wire = await getCurrentFuseWire(executable)
  const on = Object.entries(wire)
    .filter(([name, state]) => name !== 'version' && String.fromCharCode(Number(state)) === '1')
    .map(([fuse]) => FuseV1Options[Number(fuse)])
  expect(on).toEqual(['EnableEmbeddedAsarIntegrityValidation', 'OnlyLoadAppFromAsar', 'WasmTrapHandlers'])
})

test('an Electron with fewer fuses is packed too, one with a fuse that is not stated is not', async () => {
  await expect(afterPack(packed(fuseCount - 1).context)).resolves.toBeUndefined()
  await expect(afterPack(packed(fuseCount + 1).context)).rejects.toThrow()
})
