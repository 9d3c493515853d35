import { execFile } from 'node:child_process'
import path from 'node:path'

import type { StatusReport } from '../../main/engine/status.ts'
import { until } from '../../build/desk/until.ts'
import { expect, quickSettings, test } from './fleetlight.ts'

const root = path.resolve(import.meta.dirname, '../..')

/** `npm start -- --status` as a script calls it: without a screen, a bus, or a running Electron of its own. */
function askStatus(profile: string, ...args: string[]): Promise<{ code: number; text: string }> {
  const command = ['build/start.ts', '--status', '--profile', profile, ...args]
  return new Promise((resolve) => {
    execFile(process.execPath, command, { cwd: root, env: { PATH: process.env.PATH } }, (error, stdout) => {
      resolve({ code: error === null ? 0 : Number(error.code), text: stdout })
    })
  })
}

test('a second start brings the window of the first up', async ({ fleetlight }) => {
  const app = await fleetlight.launchConnected()
  const page = await app.dashboard()
  await Promise.all([page.waitForEvent('close'), page.close()])
  expect(app.electron.windows()).toHaveLength(0)
  // The second gives way and ends, so a driver never gets hold of it.
  await fleetlight.launch().catch(() => undefined)
  await (await app.dashboard()).getByRole('button', { name: 'Overview' }).waitFor()
})

test('--status tells by its exit status how the fleet is', async ({ fleetlight, demo }) => {
  expect((await askStatus(fleetlight.profile)).code).toBe(3)

  const app = await fleetlight.launchConnected()
  await app.set(quickSettings)
  const well = await until('well', async () => {
    const status = await askStatus(fleetlight.profile, '--json')
    return status.code === 0 ? (JSON.parse(status.text) as StatusReport) : null
  })
  expect(well).toMatchObject({ schema: 1, face: 'well', override: { state: 'off', intent: 'none' }, incidents: [] })
  expect(well.fleet?.total).toBeGreaterThan(0)
  expect((await askStatus(fleetlight.profile)).text).toMatch(/\S/)

  await demo.switchOverride(true)
  await until('override on', async () => ((await askStatus(fleetlight.profile)).code === 2 ? true : null))

  await app.crash()
  expect((await askStatus(fleetlight.profile)).code).toBe(3)
})
