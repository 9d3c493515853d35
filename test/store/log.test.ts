import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { expect, test } from 'vitest'

import { openLog } from '../../main/store/log.ts'
import { scrub } from '../../main/store/scrub.ts'
import { Secret } from '../../main/store/secret.ts'
import { freshProfile } from './profile.ts'

const token = 'v1.0-aB3_dE6-hI9jK2mN5pQ8sT1vW4yZ7bC0eF3gH6'.replace('.', '')

function open(maxBytes = 100_000) {
  const folder = join(freshProfile(), 'log')
  const log = openLog({ folder, maxBytes, now: () => 0 })
  const lines = (name = 'fleetlight.log') =>
    readFileSync(join(folder, name), 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown)
  return { folder, log, lines }
}

test('each event is one line of JSON with its moment', () => {
  const { log, lines } = open()
  log('call failed', { kind: 'offline', tries: 1, isLast: true, until: null })
  log('two\nlines')
  expect(lines()).toEqual([
    { at: '1970-01-01T00:00:00.000Z', event: 'call failed', kind: 'offline', tries: 1, isLast: true, until: null },
    { at: '1970-01-01T00:00:00.000Z', event: 'two\nlines' },
  ])
})

test('folder and files are for this user only, also where they were not before', () => {
  const folder = join(freshProfile(), 'log')
  mkdirSync(folder, { mode: 0o755 })
  writeFileSync(join(folder, 'fleetlight.log'), '{}\n', { mode: 0o644 })
  const log = openLog({ folder, maxBytes: 10 })
  log('one')
  log('two')
  expect(statSync(folder).mode & 0o777).toBe(0o700)
  for (const name of readdirSync(folder)) expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600)
})

test('it stays within its bound: the newest lines, and one older file', () => {
  const { folder, log, lines } = open(1000)
  for (let number = 0; number < 200; number += 1) log('line', { number })
  expect(readdirSync(folder).sort()).toEqual(['fleetlight.1.log', 'fleetlight.log'])
  for (const name of readdirSync(folder)) expect(statSync(join(folder, name)).size).toBeLessThanOrEqual(1000)
  const kept = [...lines('fleetlight.1.log'), ...lines()].map((line) => (line as { number: number }).number)
  expect(kept.at(-1)).toBe(199)
  expect(kept).toEqual(kept.map((_, index) => 200 - kept.length + index))
})

test('the bound holds over restarts', () => {
  const { folder, log } = open(1000)
  for (let number = 0; number < 8; number += 1) log('line', { number })
  const again = openLog({ folder, maxBytes: 1000 })
  for (let number = 0; number < 8; number += 1) again('line', { number })
  for (const name of readdirSync(folder)) expect(statSync(join(folder, name)).size).toBeLessThanOrEqual(1000)
})

test('an endless text is cut', () => {
  const { log, lines } = open()
  log('long', { message: 'x '.repeat(100_000) })
  expect(JSON.stringify(lines()).length).toBeLessThan(5000)
})

test('a token never reaches the file: not as a secret, not in a text, not as the name of an event', () => {
  const { folder, log } = open()
  log(`sent ${token}`, { message: `Authorization: Bearer ${token}`, secret: new Secret(token) as unknown as string })
  log('stack', { message: `Error: bad token=${token}\n    at send (${token})` })
  log('object', { message: { toString: () => token } as unknown as string })
  const text = readFileSync(join(folder, 'fleetlight.log'), 'utf8')
  expect(text).not.toContain(token.slice(0, 12))
  expect(text).toContain('••••')
})

test('it never throws, wherever it is to write', () => {
  const file = join(freshProfile(), 'file')
  writeFileSync(file, '')
  const inFile = openLog({ folder: join(file, 'log') })
  const gone = open()
  chmodSync(gone.folder, 0o000)
  const cyclic = { toString: null }
  for (const log of [inFile, gone.log]) log('anything', { cyclic: cyclic as unknown as string })
})

test.each([
  [`Bearer ${token}`, 'Bearer ••••'],
  ['basic dXNlcjpwYXNzd29yZA==', 'basic ••••'],
  ['{"token":"short-but-named"}', '{"token":"••••"}'],
  ['api_key = 0123456789abcdef', 'api_key = ••••'],
  [`?x=${token}&y`, '?x=••••&y'],
])('%s is scrubbed', (text, scrubbed) => {
  expect(scrub(text)).toBe(scrubbed)
})

test.each([
  'the token Cloudflare refused',
  'act 3f2504e0-4f89-41d3-9a0c-0305e82c3301 confirmed',
  'account 0123456789abcdef0123456789abcdef',
  'at run (/opt/fleetlight/resources/app.asar/dist/main/index.js:1:2)',
  'https://api.cloudflare.com/client/v4',
])('%s is no secret', (text) => {
  expect(scrub(text)).toBe(text)
})
