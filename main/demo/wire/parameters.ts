import { z } from 'zod'

import type { EpochMs } from '../../engine/failure.ts'
import type { Reply } from './reply.ts'
import { refuseRequest } from './reply.ts'

/** A query as it came: every name with all its values. */
export type RawQuery = Readonly<Record<string, readonly string[]>>

/** A parameter given once. */
export function one<T>(schema: z.ZodType<T, string>) {
  return z
    .tuple([z.string()], { error: 'is given more than once' })
    .transform(([text]) => text)
    .pipe(schema)
}

/** A parameter that may be given several times. */
export function many<T>(schema: z.ZodType<T, string>) {
  return z.array(schema)
}

/** A whole number within limits. */
export function whole(least: number, most: number) {
  return z
    .string()
    .regex(/^\d{1,15}$/, { error: 'is no whole number' })
    .transform(Number)
    .refine((number) => number >= least && number <= most, { error: `is not within ${least} and ${most}` })
}

/** A text of a sensible length. */
export function text(longest = 200) {
  return z.string().max(longest, { error: 'is too long' })
}

/** One of some words. */
export function word<const T extends readonly [string, ...string[]]>(...words: T) {
  return z.enum(words, { error: `is none of ${words.join(', ')}` })
}

const dateOnly = /^\d{4}-\d{2}-\d{2}$/
const rfc3339 = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})$/i

/** A moment as a date in UTC or as RFC 3339. DEX also takes milliseconds since 1970, as the SDK documents. */
export function moment({ takesMilliseconds = false } = {}): z.ZodType<EpochMs, string> {
  return z.string().transform((given, context) => {
    if (takesMilliseconds && /^\d{12,14}$/.test(given)) return Number(given)
    const at = dateOnly.test(given) || rfc3339.test(given) ? Date.parse(given) : Number.NaN
    if (!Number.isNaN(at)) return at
    context.addIssue({ code: 'custom', message: 'is no date and no moment of RFC 3339' })
    return z.NEVER
  })
}

/** Reads a query or body by its schema; a refusal names the first thing wrong with it. */
export function read<T>(
  schema: z.ZodType<T>,
  given: unknown,
  place: 'query parameter' | 'field',
): { readonly ok: true; readonly value: T } | { readonly ok: false; readonly reply: Reply } {
  const parsed = schema.safeParse(given)
  if (parsed.success) return { ok: true, value: parsed.data }
  const [issue] = parsed.error.issues
  const name = issue?.code === 'unrecognized_keys' ? issue.keys[0] : issue?.path[0]
  const isMissing = name !== undefined && !hasOwn(given, String(name))
  const what =
    issue?.code === 'unrecognized_keys'
      ? `Unknown ${place} "${String(name)}"`
      : isMissing
        ? `Missing required ${place} "${String(name)}"`
        : name === undefined
          ? 'The body is not what is expected'
          : `Invalid ${place} "${String(name)}": ${issue?.message ?? 'is not valid'}`
  return { ok: false, reply: refuseRequest(what, `/${String(name ?? '')}`) }
}

function hasOwn(given: unknown, name: string): boolean {
  return typeof given === 'object' && given !== null && Object.hasOwn(given, name)
}
