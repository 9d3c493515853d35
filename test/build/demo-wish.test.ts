import { describe, expect, it, test } from 'vitest'

import { readDemoWish } from '../../build/demo-wish.ts'
import { hasScreen } from '../../build/screen.ts'

const withScreen = { hasScreen: true, platform: 'linux' } as const
const withoutScreen = { hasScreen: false, platform: 'linux' } as const
const fleet = { devices: 500, scenario: 'carrier-outage', seed: 7 }

describe('npm run demo', () => {
  it('shows the app where there is a screen and takes the tour where there is none', () => {
    expect(readDemoWish([], withScreen)).toEqual({ ok: true, value: { kind: 'live', fleet } })
    expect(readDemoWish([], withoutScreen)).toEqual({ ok: true, value: { kind: 'tour', fleet } })
    expect(readDemoWish(['--tour'], withScreen)).toMatchObject({ value: { kind: 'tour' } })
    expect(readDemoWish(['--live'], withScreen)).toMatchObject({ value: { kind: 'live' } })
  })

  it('shows the fleet that was chosen', () => {
    const args = ['--devices', '100', '--scenario', 'silent-death', '--seed=0']
    const chosen = { devices: 100, scenario: 'silent-death', seed: 0 }
    expect(readDemoWish(args, withoutScreen)).toEqual({ ok: true, value: { kind: 'tour', fleet: chosen } })
    expect(readDemoWish(['--scenario', 'calm'], withScreen)).toMatchObject({ value: { fleet: { scenario: 'calm' } } })
    expect(readDemoWish(['--devices', '20'], withScreen)).toMatchObject({ value: { fleet: { devices: 20 } } })
  })

  test.each([
    [['--devices', '19'], withScreen, '--devices takes a whole number from 20 to 10000.'],
    [['--devices', '-5'], withScreen, /argument is ambiguous\. There are: --devices N/],
    [['--devices='], withScreen, '--devices needs a value after it.'],
    [['--seed', '1.5'], withScreen, '--seed takes a whole number from 0 to 4294967295.'],
    [['--scenario', 'flood'], withScreen, /"flood" is not known\. There are: calm, /],
    [['--scenario', 'calm'], withoutScreen, /The tour shows an outage: --scenario carrier-outage or silent-death/],
    [['--devices', '99'], withoutScreen, /The tour needs 100 devices or more .*--live shows fewer\./],
    [['--fleet', '9'], withScreen, /Unknown option '--fleet'\. There are: --devices N, .*--live\./],
    [['9'], withScreen, /Unexpected argument '9'\. There are: /],
    [['--tour', '--live'], withScreen, '--tour and --live exclude each other.'],
    [['--live'], withoutScreen, /There is no screen: .*--tour makes one/],
    [['--tour'], { hasScreen: true, platform: 'darwin' }, /on Linux only\. Try --live\./],
  ] as const)('%j is refused with a sentence', (args, place, sentence) => {
    expect(readDemoWish(args, place)).toEqual({ ok: false, failure: expect.stringMatching(sentence) as unknown })
  })
})

test('a screen is one of X11 or Wayland on Linux; elsewhere there always is one', () => {
  expect(hasScreen('linux', {})).toBe(false)
  expect(hasScreen('linux', { DISPLAY: '' })).toBe(false)
  expect(hasScreen('linux', { DISPLAY: ':0' })).toBe(true)
  expect(hasScreen('linux', { DISPLAY: '', WAYLAND_DISPLAY: 'wayland-0' })).toBe(true)
  expect(hasScreen('darwin', {})).toBe(true)
})
