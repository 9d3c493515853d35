import { expect, test } from 'vitest'

import { readArguments } from '../../main/desktop/arguments.ts'

const rules = { cwd: '/home/me', isPackaged: false, scenarios: ['calm', 'api-down'] }
const read = (...args: string[]) => readArguments(args, rules)
const nothing = { profile: null, demo: null }

test('without arguments it starts in the default profile on what was watched before', () => {
  expect(read()).toEqual({ ok: true, value: nothing })
})

test('the arguments of Electron and Chromium are none of ours', () => {
  const args = ['--no-sandbox', '--inspect=0', '--remote-debugging-port=0', '/opt/app', '-r', 'x', '--lang', 'de']
  expect(read(...args)).toEqual({ ok: true, value: nothing })
})

test('a profile is given in either spelling and is meant from where the person is', () => {
  expect(read('/opt/app', '--profile', 'work')).toMatchObject({ value: { profile: '/home/me/work' } })
  expect(read('/opt/app', '--profile=/srv/work')).toMatchObject({ value: { profile: '/srv/work' } })
})

test.each([['--profile'], ['--profile='], ['--profile', '--demo'], ['--seed'], ['--devices', '']])(
  '%s without a value is told, not guessed',
  (...args) => {
    expect(read(...args)).toEqual({ ok: false, failure: `${args[0].replace('=', '')} needs a value after it.` })
  },
)

test('any choice of the demo starts on the demo', () => {
  expect(read('--demo')).toMatchObject({ value: { demo: {} } })
  expect(read('--scenario', 'api-down')).toMatchObject({ value: { demo: { scenario: 'api-down' } } })
  expect(read('--devices=20', '--seed', '7')).toMatchObject({ value: { demo: { devices: 20, seed: 7 } } })
})

test.each([
  [['--devices', '19'], /from 20 to 10000/],
  [['--devices', '10001'], /from 20 to 10000/],
  [['--devices', '1e3'], /from 20 to 10000/],
  [['--seed', '1.5'], /from 0 to 4294967295/],
  [['--seed', '4294967296'], /from 0 to 4294967295/],
  [['--scenario', 'flood'], /"flood" is not known\. There are: calm, api-down\./],
])('%s is refused with what it may be', (args, sentence) => {
  expect(read(...args)).toEqual({ ok: false, failure: expect.stringMatching(sentence) as unknown })
})

test('a packaged app takes no demo from its command line', () => {
  for (const args of [['--demo'], ['--seed', '1'], ['--scenario', 'calm']]) {
    expect(readArguments(args, { ...rules, isPackaged: true })).toMatchObject({ ok: false })
  }
  expect(readArguments(['--profile', '/p'], { ...rules, isPackaged: true })).toMatchObject({ ok: true })
})
