import { scenarioNames } from '../main/demo/scenarios.ts'
import { readArguments } from '../main/desktop/arguments.ts'
import { defaultProfileDir } from '../main/store/status-file.ts'

/** The profile that the app would use if it were given these arguments; null, with a word to the person: it refuses them. */
export function profileOf(args: readonly string[]): string | null {
  const launch = readArguments(args, { cwd: process.cwd(), isPackaged: false, scenarios: scenarioNames })
  if (launch.ok) return launch.value.profile ?? defaultProfileDir()
  process.stderr.write(`${launch.failure}\n`)
  return null
}
