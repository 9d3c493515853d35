/** `npm run pictures`: takes the tour and keeps those of its pictures that the README shows, in build/pictures/. */
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

import { ensureBuilt } from './built.ts'
import { exitOnSignals } from './desk.ts'
import { runTour } from './tour/tour.ts'

const root = path.resolve(import.meta.dirname, '..')
const kept = ['overview-outage', 'confirm', 'override-on-converging', 'tray-well', 'tray-outage', 'tray-override-on']

exitOnSignals()
const folder = mkdtempSync(path.join(tmpdir(), 'fleetlight-pictures-'))
// Also at the end that a signal brings.
process.on('exit', () => {
  rmSync(folder, { recursive: true, force: true })
})
const isAllOk = ensureBuilt(root) && (await runTour(folder, { devices: 2000, scenario: 'carrier-outage', seed: 7 }))
if (isAllOk) keepPictures()
else process.exitCode = 1

function keepPictures(): void {
  const home = path.join(root, 'build/pictures')
  mkdirSync(home, { recursive: true })
  for (const name of kept) copyFileSync(path.join(folder, `${name}.png`), path.join(home, `${name}.png`))
}
