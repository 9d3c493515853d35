import { z } from 'zod'

import { fail, succeed } from '../engine/failure.ts'
import type { EpochMs, Failure, Result } from '../engine/failure.ts'
import { safeDetail } from './plain-text.ts'
import { readRetryUntil } from './rate-limit-headers.ts'
import type { Reply } from './transfer.ts'

/** The inside of an answer. */
export interface Content {
  readonly result: unknown
  readonly info: unknown
  /** It came without the envelope {success, errors, result}, as some DEX endpoints are documented. */
  readonly isBare: boolean
}

/** What is needed to explain a refusal: the permission group that the request needs, and the secret to leave out. */
export interface Asked {
  readonly scope: string
  readonly secret: string
}

/** Codes of a token that is malformed, whatever the status: "Invalid request headers", "Invalid format ...". */
const malformedTokenCodes = new Set([6003, 6111])
/** "Authentication error" and "Unauthorized to access requested resource": told alike of a missing permission. */
const forbiddenCodes = new Set([10000, 9109])

const errorSchema = z.looseObject({ code: z.number().optional().catch(undefined), message: z.string().catch('') })
const failureSchema = z.looseObject({
  errors: z
    .array(errorSchema.extend({ error_chain: z.array(errorSchema).optional().catch(undefined) }).catch({ message: '' }))
    .catch([]),
})

/** Takes an answer out of its envelope, or says as a failure why there is none. */
export function openEnvelope(reply: Reply, asked: Asked, now: EpochMs): Result<Content> {
  const { status, headers } = reply
  const parsed = parseJson(reply)
  const errors = parsed.ok ? readErrors(parsed.value) : []
  const detail = safeDetail(
    errors.length > 0
      ? errors.map(({ code, message }) => `${code ?? ''} ${message}`.trim()).join('; ')
      : `HTTP ${status}`,
    asked.secret,
  )
  const codes = errors.map(({ code }) => code)
  const has = (known: ReadonlySet<number>) => codes.some((code) => code !== undefined && known.has(code))

  // A proxy's way to say that it waited in vain; whether Cloudflare had the request is not known.
  if (status === 408) return fail({ kind: 'timeout', detail })
  if (status === 429) return fail({ kind: 'rateLimited', until: readRetryUntil(headers, now), detail })
  if (status >= 500) return fail({ kind: 'server', status, detail })
  if (status === 401 || (status >= 400 && has(malformedTokenCodes))) return fail({ kind: 'unauthorized', detail })
  if (status === 403 && parsed.ok) return fail({ kind: 'forbidden', scope: asked.scope, detail })
  if (status >= 400) return fail({ kind: 'rejected', status, detail })
  if (status >= 300) return fail(badShape('status', `Answered with a redirect (${status}), which is never followed`))
  if (!parsed.ok) return parsed
  return takeResult(parsed.value, () => {
    if (has(malformedTokenCodes)) return { kind: 'unauthorized', detail }
    if (has(forbiddenCodes)) return { kind: 'forbidden', scope: asked.scope, detail }
    return { kind: 'rejected', status, detail }
  })
}

function takeResult(body: unknown, refused: () => Failure): Result<Content> {
  if (typeof body !== 'object' || body === null) return fail(badShape('body', 'Neither an object nor a list'))
  if (!('success' in body)) {
    if ('result' in body) return fail(badShape('success', 'The envelope does not say whether it went well'))
    return succeed({ result: body, info: null, isBare: true })
  }
  if (body.success === false) return fail(refused())
  if (body.success !== true) return fail(badShape('success', 'Neither true nor false'))
  return succeed({
    result: 'result' in body ? body.result : null,
    info: 'result_info' in body ? body.result_info : null,
    isBare: false,
  })
}

function parseJson({ headers, body }: Reply): Result<unknown> {
  if (!body.ok) return body
  if (body.value.trim() === '') return fail(badShape('body', 'The answer is empty'))
  const type = (headers.get('content-type') ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? ''
  if (type !== 'application/json' && !type.endsWith('+json')) {
    return fail(badShape('content-type', type === '' ? 'The answer has no type' : 'The answer is not JSON'))
  }
  try {
    return succeed(JSON.parse(body.value) as unknown)
  } catch {
    return fail(badShape('body', 'The answer is malformed JSON'))
  }
}

/** Errors and the chains behind them. Codes are optional: some products send messages alone. */
function readErrors(body: unknown) {
  const read = failureSchema.safeParse(body)
  if (!read.success) return []
  return read.data.errors.flatMap((error) => [error, ...(error.error_chain ?? [])]).slice(0, 10)
}

function badShape(path: string, detail: string): Failure {
  return { kind: 'badShape', path, detail }
}
