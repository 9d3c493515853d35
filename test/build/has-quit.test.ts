import { expect, it } from 'vitest'

import { hasQuit } from '../../build/has-quit.ts'
import { makeFolder } from './setup-folder.ts'

const started = (pid: number) => ({ event: 'started', pid })
const quit = { event: 'quit' }
const other = { event: 'notice' }

/** A profile with this log. */
function profileOf(newest: readonly object[], older: readonly object[] = []): string {
  const text = (lines: readonly object[]) => lines.map((line) => `${JSON.stringify(line)}\n`).join('')
  return makeFolder({ 'log/fleetlight.log': text(newest), 'log/fleetlight.1.log': text(older) })
}

it('holds for the app that says so after its start, whatever it says besides', () => {
  expect(hasQuit(profileOf([started(7), other, quit, other]), 7)).toBe(true)
  expect(hasQuit(profileOf([other, quit], [started(7), other]), 7)).toBe(true)
})

it('does not hold for one that ended without a word', () => {
  expect(hasQuit(profileOf([started(7), other]), 7)).toBe(false)
  expect(hasQuit(makeFolder({}), 7)).toBe(false)
})

it('is not taken from another run in the same profile, nor from an older one of the same process id', () => {
  expect(hasQuit(profileOf([started(6), quit, started(7)]), 7)).toBe(false)
  expect(hasQuit(profileOf([started(7), started(8), quit]), 7)).toBe(false)
  expect(hasQuit(profileOf([started(7), quit, started(7)]), 7)).toBe(false)
  expect(hasQuit(profileOf([quit]), 7)).toBe(false)
})

it('reads past a line that was cut short', () => {
  const profile = makeFolder({ 'log/fleetlight.log': '{"event":"started","pid":7}\n{"event":"qu\n{"event":"quit"}\n' })
  expect(hasQuit(profile, 7)).toBe(true)
})
