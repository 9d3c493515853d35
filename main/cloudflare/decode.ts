import { z } from 'zod'

import { fail, succeed } from '../engine/failure.ts'
import type { Result } from '../engine/failure.ts'
import { parseTimestamp } from './timestamp.ts'

/** How many skipped items are named; the rest is only counted. */
const mostNamed = 20

/** A moment in ISO 8601 or as DEX writes it, as epoch milliseconds. */
export const timestampSchema = z.string().transform((text, context) => {
  const at = parseTimestamp(text)
  if (at !== null) return at
  context.addIssue({ code: 'custom', message: 'Not a timestamp' })
  return z.NEVER
})

/** Reads `value`, found at `at` in the answer; a failure says where it differs. */
export function decode<T>(schema: z.ZodType<T>, value: unknown, at: string): Result<T> {
  const read = schema.safeParse(value)
  if (read.success) return succeed(read.data)
  const [issue] = read.error.issues
  return fail({
    kind: 'badShape',
    path: joinPath(at, issue?.path ?? []),
    detail: issue?.message ?? 'Not what is expected',
  })
}

/** Reads each item of a list by itself; `skipped` names those that were left out with the path that was wrong. */
export function decodeItems<T>(schema: z.ZodType<T>, items: readonly unknown[], at: string) {
  const good: T[] = []
  const skipped: string[] = []
  for (const [index, item] of items.entries()) {
    const read = decode(schema, item, `${at}[${index}]`)
    if (read.ok) good.push(read.value)
    else if (read.failure.kind === 'badShape') skipped.push(read.failure.path)
  }
  return { good, skipped }
}

/** At most a handful of paths, then how many more there were. */
export function boundSkipped(paths: readonly string[]): readonly string[] {
  if (paths.length <= mostNamed) return paths
  return [...paths.slice(0, mostNamed), `and ${paths.length - mostNamed} more`]
}

function joinPath(at: string, path: readonly PropertyKey[]): string {
  return path.reduce<string>(
    (joined, key) => (typeof key === 'number' ? `${joined}[${key}]` : `${joined}.${String(key)}`),
    at,
  )
}
