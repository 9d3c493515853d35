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
import { parseArgs } from 'node:util'

import { scenarioNames, type ScenarioName } from '../main/demo/scenarios.ts'
import { ensureBuilt } from './built.ts'
import { exitOnSignals } from './desk.ts'
import { launchApp } from './launch.ts'
import { isTourScenario, runTour, tourScenarios, type TourFleet } from './tour/tour.ts'

const root = path.resolve(import.meta.dirname, '..')

interface Fleet {
  readonly devices: number
  readonly scenario: ScenarioName
  readonly seed: number
}

type Wish = { readonly kind: 'tour'; readonly fleet: TourFleet } | { readonly kind: 'live'; readonly fleet: Fleet }

const wish = readWish()
if (wish === null) process.exitCode = 2
else if (!ensureBuilt(root)) {
  process.stderr.write('The build failed, so there is nothing to show. "npm run check" tells more.\n')
  process.exitCode = 1
} else if (wish.kind === 'tour') {
  exitOnSignals()
  process.exitCode = (await runTour(path.join(root, 'demo-output'), wish.fleet)) ? 0 : 1
} else showLive(wish.fleet)

/** The app on the demo account, on the screen that is there, until it is quit. */
function showLive({ devices, scenario, seed }: Fleet): void {
  const fleet = ['--devices', String(devices), '--scenario', scenario, '--seed', String(seed)]
  const profile = mkdtempSync(path.join(tmpdir(), 'fleetlight-demo-'))
  process.on('exit', () => {
    rmSync(profile, { recursive: true, force: true })
  })
  process.exitCode = 1
  const app = launchApp(['--demo', ...fleet, '--profile', profile])
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => app?.kill(signal))
  app?.on('exit', (code) => {
    process.exitCode = code ?? 1
  })
}

function hasScreen(): boolean {
  if (process.platform !== 'linux') return true
  return Boolean(process.env.DISPLAY ?? process.env.WAYLAND_DISPLAY)
}

function wholeNumber(name: string, text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new Error(`${name} is a whole number, not "${text}"`)
  return Number(text)
}

/** Null: the arguments make no sense, and it was said why. */
function readWish(): Wish | null {
  try {
    const { values } = parseArgs({
      options: {
        tour: { type: 'boolean' },
        live: { type: 'boolean' },
        devices: { type: 'string', default: '500' },
        scenario: { type: 'string', default: 'carrier-outage' },
        seed: { type: 'string', default: '7' },
      },
    })
    const scenario = scenarioNames.find((name) => name === values.scenario)
    if (scenario === undefined) throw new Error(`--scenario is one of ${scenarioNames.join(', ')}`)
    const fleet = {
      devices: wholeNumber('--devices', values.devices),
      scenario,
      seed: wholeNumber('--seed', values.seed),
    }
    if (values.live === true || (values.tour !== true && hasScreen())) return { kind: 'live', fleet }
    if (!isTourScenario(scenario)) {
      throw new Error(`The tour shows an outage: --scenario ${tourScenarios.join(' or ')}. --live shows ${scenario}.`)
    }
    return { kind: 'tour', fleet: { ...fleet, scenario } }
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
    return null
  }
}
