import { execFile } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

import { expect, test } from 'vitest'

import { keychainAccount } from '../../main/store/keychain.ts'
import { openMemoryKeychain } from '../../main/store/memory-keychain.ts'
import { freshProfile } from './profile.ts'

const child = fileURLToPath(new URL('./fixtures/keychain-steps.ts', import.meta.url))
const run = promisify(execFile)

const unlocked = `printf 'pw\\n' | gnome-keyring-daemon --unlock --foreground --components=secrets`
const locked = 'gnome-keyring-daemon --foreground --components=secrets'

type Step = readonly [string, string?, string?]

/** A throw-away session with this keyring (or none) in `home`, where the steps run against our keychain. */
async function inSession(
  home: string,
  keyring: string | null,
  steps: readonly Step[],
  { deadlineMs = 20_000, onScreen = false } = {},
): Promise<unknown[]> {
  mkdirSync(join(home, 'run'), { recursive: true, mode: 0o700 })
  const node = `'${process.execPath}' '${child}' '${JSON.stringify(steps)}' ${deadlineMs} || true`
  const service = `${keyring} >/dev/null & export KEYRING_PID=$!; trap 'kill -9 $KEYRING_PID' EXIT
    gdbus wait --session --timeout 20 org.freedesktop.secrets; ${node}`
  const bus = ['dbus-run-session', '--', 'sh', '-c', keyring === null ? node : service]
  const [file = '', ...args] = keyring === null ? ['sh', '-c', node] : onScreen ? ['xvfb-run', '-a', ...bus] : bus
  const env = {
    PATH: process.env.PATH,
    HOME: home,
    XDG_RUNTIME_DIR: join(home, 'run'),
    XDG_CONFIG_HOME: home,
    XDG_DATA_HOME: home,
    XDG_CACHE_HOME: home,
    NO_AT_BRIDGE: '1',
  }
  const { stdout } = await run(file, args, { env })
  return JSON.parse(stdout) as unknown[]
}

const done = { ok: true, value: null }
const failed = (kind: string, detail?: RegExp) => ({
  ok: false,
  failure: {
    kind,
    detail: detail === undefined ? (expect.any(String) as unknown) : (expect.stringMatching(detail) as unknown),
  },
})

test('a token is written, read, replaced and forgotten', async () => {
  const answers = await inSession(freshProfile(), unlocked, [
    ['read', 'a'],
    ['write', 'a', 'token-1'],
    ['write', 'a', 'token-2'],
    ['read', 'a'],
    ['read', 'b'],
    ['forget', 'a'],
    ['forget', 'a'],
    ['read', 'a'],
  ])
  expect(answers).toEqual([done, done, done, { ok: true, value: 'token-2' }, done, done, done, done])
})

test('without a session bus every call says at once that there is no keychain', async () => {
  const answers = await inSession(freshProfile(), null, [
    ['write', 'a', 'token'],
    ['read', 'a'],
    ['forget', 'a'],
  ])
  expect(answers).toEqual([failed('absent'), failed('absent'), failed('absent')])
})

test('a locked keyring that waits for a person is silent by the deadline', async () => {
  const home = freshProfile()
  await inSession(home, unlocked, [['write', 'a', 'token']])
  const answers = await inSession(
    home,
    locked,
    [
      ['read', 'a'],
      ['forget', 'a'],
    ],
    { deadlineMs: 1500, onScreen: true },
  )
  expect(answers).toEqual([failed('silent', /1\.5 s/), failed('silent')])
})

test('a locked keyring that cannot ask is no empty one: nothing is reported as missing or forgotten', async () => {
  const home = freshProfile()
  await inSession(home, unlocked, [['write', 'a', 'token']])
  const answers = await inSession(home, locked, [
    ['read', 'a'],
    ['forget', 'a'],
    ['write', 'a', 'x'],
  ])
  expect(answers).toEqual([failed('absent', /locked/), failed('absent', /locked/), failed('absent', /locked/)])
  expect(await inSession(home, unlocked, [['read', 'a']])).toEqual([{ ok: true, value: 'token' }])
})

test('a keyring that hangs is silent, also to those who wait for their turn, and works again when it goes on', async () => {
  const steps: Step[] = [
    ['write', 'a', 'token'],
    ['stop'],
    ['readTwice', 'a'],
    ['isBusy'],
    ['continue'],
    ['read', 'a'],
    ['isBusy'],
  ]
  const answers = await inSession(freshProfile(), unlocked, steps, { deadlineMs: 1500 })
  const silent = [failed('silent'), failed('silent')]
  expect(answers).toEqual([done, true, silent, true, true, { ok: true, value: 'token' }, false])
})

test('an entry is bound to the address, the account and the role of its token', () => {
  const address = 'https://api.cloudflare.com/client/v4'
  expect(keychainAccount(address, 'abc', 'watch')).toBe('watch@https://api.cloudflare.com/client/v4#abc')
  const names = [
    keychainAccount(address, 'abc', 'watch'),
    keychainAccount(address, 'abc', 'act'),
    keychainAccount(address, 'abd', 'watch'),
    keychainAccount('http://127.0.0.1:9/client/v4', 'abc', 'watch'),
  ]
  expect(new Set(names).size).toBe(4)
  expect(keychainAccount(`${address}/`, 'abc', 'watch')).toBe(names[0])
})

test('memory holds tokens until they are forgotten', async () => {
  const memory = openMemoryKeychain()
  expect(await memory.read('a')).toEqual(done)
  await memory.write('a', 'token')
  expect(await memory.read('a')).toEqual({ ok: true, value: 'token' })
  await memory.forget('a')
  expect(await memory.read('a')).toEqual(done)
})
