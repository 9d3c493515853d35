import { parseArgs } from 'node:util'

import { scenarioNames, type ScenarioName } from '../main/demo/scenarios.ts'
import { readArguments } from '../main/desktop/arguments.ts'
import { fail, succeed, type Result } from '../main/engine/failure.ts'
import { noScreen } from './screen.ts'
import { fewestTourDevices, isTourScenario, tourScenarios, type TourFleet } from './tour/fleet.ts'

interface Fleet {
  readonly devices: number
  readonly scenario: ScenarioName
  readonly seed: number
}

/** What `npm run demo` shall show. */
export type DemoWish =
  { readonly kind: 'tour'; readonly fleet: TourFleet } | { readonly kind: 'live'; readonly fleet: Fleet }

export interface DemoPlace {
  readonly hasScreen: boolean
  readonly platform: NodeJS.Platform
}

const options = {
  tour: { type: 'boolean' },
  live: { type: 'boolean' },
  devices: { type: 'string' },
  scenario: { type: 'string' },
  seed: { type: 'string' },
} as const

const usualFleet: Fleet = { devices: 500, scenario: 'carrier-outage', seed: 7 }

/** Reads the arguments of `npm run demo`. The failure is a sentence for the person at the terminal. */
export function readDemoWish(args: readonly string[], { hasScreen, platform }: DemoPlace): Result<DemoWish, string> {
  const values = parse(args)
  if (typeof values === 'string') return fail(values)
  // The fleet is read as the app reads it, so that both take and refuse the same.
  const { tour = false, live = false, ...chosen } = values
  const launch = readArguments(['--demo', ...asArguments(chosen)], {
    cwd: '.',
    isPackaged: false,
    scenarios: scenarioNames,
  })
  if (!launch.ok) return launch
  const fleet = { ...usualFleet, ...launch.value.demo }
  if (tour && live) return fail('--tour and --live exclude each other.')
  if (live || (!tour && hasScreen)) {
    return hasScreen ? succeed({ kind: 'live', fleet }) : fail(`${noScreen} --tour makes one of its own.`)
  }
  if (platform !== 'linux')
    return fail('The tour needs a virtual desktop, which can be made on Linux only. Try --live.')
  const { devices, scenario } = fleet
  if (!isTourScenario(scenario)) {
    return fail(`The tour shows an outage: --scenario ${tourScenarios.join(' or ')}. --live shows ${scenario}.`)
  }
  if (devices < fewestTourDevices) {
    return fail(`The tour needs ${fewestTourDevices} devices or more for an outage to be noticed. --live shows fewer.`)
  }
  return succeed({ kind: 'tour', fleet: { ...fleet, scenario } })
}

/** The text: they make no sense. */
function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options }).values
  } catch (error) {
    const reason = error instanceof Error ? error.message.split(/\.(?:\s|$)/)[0] : String(error)
    return `${reason ?? ''}. There are: --devices N, --scenario NAME, --seed S, --tour, --live.`
  }
}

function asArguments(values: Readonly<Record<string, string>>): string[] {
  return Object.entries(values).map(([name, value]) => `--${name}=${value}`)
}
