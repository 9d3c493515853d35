import type { ErrorObject } from 'ajv'

import { isObject } from './json.ts'

/** What is wrong, and where: `result[].last_seen_at`, `query since_minutes`, `body.disconnect`. */
export interface Problem {
  readonly at: string
  readonly what: string
  /** What stands there; undefined when it is that nothing does. */
  readonly value?: unknown
}

/** The errors of a validator as problems; `at` is the place of the value that was validated. */
export function problemsOf(errors: readonly ErrorObject[] | null | undefined, at: string): readonly Problem[] {
  // 'if' only says that what follows failed.
  const causes = (errors ?? []).filter(({ keyword }) => keyword !== 'if')
  return causes.map((error) => {
    const place = error.instancePath.split('/').slice(1).reduce(under, at)
    const { missingProperty, additionalProperty, allowedValues } = error.params as Readonly<Record<string, unknown>>
    if (typeof missingProperty === 'string')
      return { at: under(place, missingProperty), what: 'is required and missing' }
    if (typeof additionalProperty === 'string') {
      const value = isObject(error.data) ? error.data[additionalProperty] : undefined
      return { at: under(place, additionalProperty), what: 'is not in the document', value }
    }
    const words = allowedValues === undefined ? error.message : `must be one of ${JSON.stringify(allowedValues)}`
    return { at: place, what: words ?? error.keyword, value: error.data }
  })
}

/** A step further in: `result` and `name` make `result.name`, and any index makes `result[]`. */
export function under(at: string, step: string): string {
  if (/^\d+$/.test(step)) return `${at}[]`
  return at === '' || at.endsWith(' ') ? at + step : `${at}.${step}`
}

/** A line for each place and kind: the first value, and the number of the others. */
export function describeProblems(problems: readonly Problem[]): readonly string[] {
  const groups = new Map<string, Problem[]>()
  for (const problem of problems) {
    const key = `${problem.at} ${problem.what}`
    groups.set(key, [...(groups.get(key) ?? []), problem])
  }
  return [...groups].map(([key, [first, ...others]]) => {
    const shown =
      first?.value === undefined ? '' : `: ${((JSON.stringify(first.value) as string | undefined) ?? '').slice(0, 80)}`
    return `${key}${shown}${others.length === 0 ? '' : ` (and ${others.length} more)`}`
  })
}
