import { z } from 'zod'

import { fail, succeed } from '../engine/failure.ts'
import type { Result } from '../engine/failure.ts'
import type { OverrideAnswer } from '../engine/model.ts'
import { decode } from './decode.ts'
import type { Content } from './envelope.ts'
import { plainLine } from './plain-text.ts'

/** Cloudflare's schema has every field optional and the whole result nullable. */
const overrideSchema = z
  .looseObject({ disconnect: z.boolean().nullish(), timestamp: z.unknown().optional() })
  .nullable()

/** The Global WARP override. A null result, or one without the field, is an answer that says nothing: value null. */
export function decodeOverride({ result, isBare }: Content): Result<OverrideAnswer> {
  const read = decode(overrideSchema, result, 'result')
  if (!read.ok) return read
  const { disconnect = null, timestamp } = read.value ?? {}
  if (isBare && disconnect === null) {
    return fail({ kind: 'badShape', path: 'result.disconnect', detail: 'Neither an envelope nor an override' })
  }
  return succeed({
    value: disconnect === null ? null : disconnect ? 'on' : 'off',
    timestamp: typeof timestamp === 'string' ? plainLine(timestamp, 64) : null,
  })
}
