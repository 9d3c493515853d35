import path from 'node:path'
import { parseArgs } from 'node:util'

import { fail, succeed, type Result } from '../engine/failure.ts'

/** Which fleet a demo account shows; what is not told is left to the demo. */
interface DemoChoice<S extends string> {
  /** 20..10000. */
  readonly devices?: number
  readonly scenario?: S
  readonly seed?: number
}

/** What the app was asked to do when it was started. */
export interface LaunchArguments<S extends string> {
  /** Absolute; null: the default one. */
  readonly profile: string | null
  /** Start on the demo account; null: on what was watched before. */
  readonly demo: DemoChoice<S> | null
}

export interface ArgumentRules<S extends string> {
  /** The folder that a relative profile is meant from. */
  readonly cwd: string
  /** A packaged app starts on what is real: it takes no demo from the command line. */
  readonly isPackaged: boolean
  readonly scenarios: readonly S[]
}

const options = {
  profile: { type: 'string' },
  demo: { type: 'boolean' },
  devices: { type: 'string' },
  scenario: { type: 'string' },
  seed: { type: 'string' },
} as const

type Given = { readonly [name in keyof typeof options]?: string | boolean | undefined }

/**
 * Reads our own arguments out of all that the process was given. Others are left alone: Electron and Chromium have
 * hundreds. The failure is a sentence for the person at the terminal.
 */
export function readArguments<S extends string>(
  args: readonly string[],
  rules: ArgumentRules<S>,
): Result<LaunchArguments<S>, string> {
  const given = collect(args)
  for (const [name, value] of Object.entries(given)) {
    const isMissing = value === '' || (typeof value === 'string' ? value.startsWith('-') : name !== 'demo')
    if (isMissing) return fail(`--${name} needs a value after it.`)
  }
  const profile = typeof given.profile === 'string' ? path.resolve(rules.cwd, given.profile) : null
  const demoGiven = (['demo', 'devices', 'scenario', 'seed'] as const).filter((name) => name in given)
  if (demoGiven.length === 0) return succeed({ profile, demo: null })
  if (rules.isPackaged) {
    return fail(
      `--${demoGiven.join(', --')}: this app takes no demo from its command line. Start it, then try the demo.`,
    )
  }
  const demo = readDemo(given, rules.scenarios)
  return demo.ok ? succeed({ profile, demo: demo.value }) : demo
}

function collect(args: readonly string[]): Given {
  // Not strict: Chromium's own switches pass, and a value that is missing is told in our words.
  const { values } = parseArgs({ args: [...args], options, strict: false, allowPositionals: true })
  return Object.fromEntries(Object.entries(values).filter(([name]) => Object.hasOwn(options, name)))
}

function readDemo<S extends string>(given: Given, scenarios: readonly S[]): Result<DemoChoice<S>, string> {
  const devices = readInteger(given.devices, 20, 10_000)
  if (devices === null) return fail('--devices takes a whole number from 20 to 10000.')
  const seed = readInteger(given.seed, 0, 2 ** 32 - 1)
  if (seed === null) return fail('--seed takes a whole number from 0 to 4294967295.')
  const scenario = scenarios.find((one) => one === given.scenario)
  if (scenario === undefined && typeof given.scenario === 'string') {
    return fail(`--scenario "${given.scenario}" is not known. There are: ${scenarios.join(', ')}.`)
  }
  return succeed({
    ...(devices === undefined ? {} : { devices }),
    ...(scenario === undefined ? {} : { scenario }),
    ...(seed === undefined ? {} : { seed }),
  })
}

/** undefined: not given; null: not such a number. */
function readInteger(text: string | boolean | undefined, least: number, most: number): number | null | undefined {
  if (typeof text !== 'string') return undefined
  const value = Number(text)
  return /^\d+$/.test(text) && value >= least && value <= most ? value : null
}
