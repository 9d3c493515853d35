/**
 * `npm run demo`: without a screen the scripted tour, with pictures and a report in demo-output/; with a screen the app on
 * the demo account until you quit it.
 *
 *   --tour, --live                            force either way
 *   --devices N --scenario NAME --seed S      choose the fleet
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

import { ensureBuilt } from './built.ts'
import { readDemoWish, type DemoWish } from './demo-wish.ts'
import { exitOnSignals } from './desk.ts'
import { launchApp, passSignalsTo, statusOf } from './launch.ts'
import { hasScreen } from './screen.ts'
import { runTour } from './tour/tour.ts'

const root = path.resolve(import.meta.dirname, '..')

const wish = readDemoWish(process.argv.slice(2), { hasScreen: hasScreen(), platform: process.platform })
if (wish.ok) process.exitCode = await fulfil(wish.value)
else {
  process.stderr.write(`${wish.failure}\n`)
  process.exitCode = 2
}

/** Gives the exit status. */
async function fulfil(wish: DemoWish): Promise<number> {
  if (!ensureBuilt(root)) {
    process.stderr.write('The build failed, so there is nothing to show. "npm run check" tells more.\n')
    return 1
  }
  if (wish.kind === 'live') return showLive(wish.fleet)
  exitOnSignals()
  return (await runTour(path.join(root, 'demo-output'), wish.fleet)) ? 0 : 1
}

/** The app on the demo account, on the screen that is there, until it is quit. */
async function showLive({ devices, scenario, seed }: DemoWish['fleet']): Promise<number> {
  const fleet = ['--devices', String(devices), '--scenario', scenario, '--seed', String(seed)]
  const profile = mkdtempSync(path.join(tmpdir(), 'fleetlight-demo-'))
  try {
    const app = launchApp(['--demo', ...fleet, '--profile', profile])
    if (app === null) return 1
    passSignalsTo(app)
    return await statusOf(app, profile)
  } finally {
    rmSync(profile, { recursive: true, force: true, maxRetries: 3 })
  }
}
