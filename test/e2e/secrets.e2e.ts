import { readdirSync, readFileSync } from 'node:fs'

import { expect, quickSettings, test } from './fleetlight.ts'
import { filesHolding } from './harness/traces.ts'

test('a token is in no file, no log and no argument', async ({ fleetlight, desk, demo }) => {
  const app = await fleetlight.launchConnected()
  await app.set(quickSettings)
  await app.go('Overview')
  await (await app.dashboard()).getByRole('button', { name: 'Emergency disconnect…' }).click()
  await app.confirm('Looking for traces')
  await desk.tray.waitFor('on', ({ tooltip }) => /override on/i.test(tooltip), { timeoutMs: 60_000 })
  await app.go('Activity')

  const tokens = [demo.watchToken, demo.actToken]
  expect(commandLines().filter((line) => tokens.some((token) => line.includes(token)))).toEqual([])
  expect(fleetlight.log()).not.toBe('')
  await app.quit()
  // The keyring's own file is encrypted, so the whole home can be searched.
  expect(filesHolding(desk.home, tokens)).toEqual([])
})

function commandLines(): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8')
      } catch {
        // It ended between being listed and being read.
        return ''
      }
    })
}
