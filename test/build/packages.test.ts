import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'

import { afterEach, describe, expect, it, vi } from 'vitest'

import { checkNode } from '../../build/setup/node-version.js'
import { ensurePackages } from '../../build/setup/packages.js'
import { makeFolder, quietReporter } from './setup-folder.ts'

const lock = (packages: object) => JSON.stringify({ packages })
const zod = { version: '4.6.7', integrity: 'sha512-z' }
const win = { version: '1.0.0', integrity: 'sha512-w', optional: true }
const wanted = { '': { name: 'fleetlight' }, 'node_modules/zod': zod, 'node_modules/for-windows': win }
/** What the install scripts make. */
const made = { 'node_modules/node/bin/node': '', 'node_modules/keytar/build/Release/keytar.node': '' }

/** A project in which npm is a script that notes how it was called. */
function project(files: Readonly<Record<string, string>>, npm = 'exit 0') {
  const root = makeFolder({
    'package-lock.json': lock(wanted),
    ...files,
    'bin/npm': `#!/bin/sh\necho "$@" >> "$(dirname "$0")/calls"\n${npm}\n`,
  })
  vi.stubEnv('PATH', `${path.join(root, 'bin')}${path.delimiter}${process.env.PATH ?? ''}`)
  const calls = path.join(root, 'bin/calls')
  return { root, calls: () => (existsSync(calls) ? readFileSync(calls, 'utf8').trim().split('\n') : []) }
}
const installed = (packages: object) => ({ ...made, 'node_modules/.package-lock.json': lock(packages) })

afterEach(() => {
  vi.unstubAllEnvs()
})

describe('packages', () => {
  it('are left alone when they are those of the lock file, whoever installed them', async () => {
    const { root, calls } = project(installed({ 'node_modules/zod': zod }))
    const reporter = quietReporter()
    await ensurePackages(root, reporter)
    expect(reporter.told).toEqual(['packages: up to date'])
    expect(calls()).toEqual([])
  })

  it.each([
    ['there are none', made],
    ['an installation broke off', { 'node_modules/zod/package.json': '{}', ...made }],
    ['one is of another version', installed({ 'node_modules/zod': { ...zod, version: '4.6.6' } })],
    ['one has other contents', installed({ 'node_modules/zod': { ...zod, integrity: 'sha512-y' } })],
    ['one is missing', installed({ 'node_modules/for-windows': win })],
    ['there is one too many', installed({ 'node_modules/zod': zod, 'node_modules/old': zod })],
  ])('are installed when %s', async (_when, files) => {
    const { root, calls } = project(files)
    await ensurePackages(root, quietReporter())
    expect(calls()).toEqual(['ci --no-audit --no-fund --loglevel=error'])
  })

  it('are not taken for installed where install scripts are turned off', async () => {
    const { root } = project({ 'node_modules/.package-lock.json': lock({ 'node_modules/zod': zod }) })
    await expect(ensurePackages(root, quietReporter())).rejects.toThrow(
      /"npm ci --ignore-scripts=false", then the same/,
    )
  })

  it.each([
    ['code ENOTFOUND', /its npm registry: "npm ping"\. Then run the same command again/],
    ['code ENOSPC', /The disk is full/],
    ['code EACCES', /belongs to another user/],
    ['code ENOTEMPTY', /Another program uses node_modules/],
    ['code EUSAGE', /run "npm install" if/],
  ])('that npm refuses with %s stop the set-up with its words and what to do', async (code, advice) => {
    const { root } = project({}, `echo 'npm error ${code}' >&2; echo 'npm error     at stack' >&2; exit 1`)
    const refusal = ensurePackages(root, quietReporter())
    await expect(refusal).rejects.toThrow(advice)
    await expect(refusal).rejects.toThrow(`"npm ci" failed:\nnpm error ${code}\n`)
  })
})

describe('the Node that package.json asks for', () => {
  const root = path.resolve(import.meta.dirname, '../..')

  it.each(['20.19.0', '20.20.2', '24.0.0'])('%s is new enough', (version) => {
    expect(() => {
      checkNode(root, version)
    }).not.toThrow()
  })

  it.each(['20.18.3', '18.20.4', '0.12.0'])('%s is told to be too old, and what is needed', (version) => {
    expect(() => {
      checkNode(root, version)
    }).toThrow(`Node 20.19 or newer is needed, and this is Node ${version}`)
  })
})
