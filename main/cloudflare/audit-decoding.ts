import { z } from 'zod'

import type { AuditEntry, Direction } from '../engine/model.ts'
import { decodeItems, timestampSchema } from './decode.ts'
import { plainLine } from './plain-text.ts'

/** How deep a request is searched; bounds the work that a strange entry can cause. */
const deepest = 5

const textSchema = z.string().nullish().catch(null)
const lineSchema = z.looseObject({
  id: z.string(),
  action: z.looseObject({ time: timestampSchema, result: textSchema }),
  actor: z
    .looseObject({ email: textSchema, token_name: textSchema, id: textSchema, type: textSchema, context: textSchema })
    .nullish()
    .catch(null),
  raw: z.looseObject({ method: z.string(), uri: z.string(), status_code: z.number().nullish().catch(null) }),
  resource: z.looseObject({ request: z.unknown().optional(), response: z.unknown().optional() }).nullish().catch(null),
})

/**
 * Those lines of the audit log in which this account's override was switched. Cloudflare is asked for these only, but how
 * exactly it matches is not documented. Attempts that failed switched nothing and are left out.
 */
export function decodeAudit(items: readonly unknown[], accountId: string) {
  const { good, skipped } = decodeItems(lineSchema, items, 'result')
  const path = overridePath(accountId)
  const entries = good
    .filter(({ raw, action }) => {
      const isSwitch = raw.method.toUpperCase() === 'POST' && (raw.uri.split(/[?#]/, 1)[0] ?? '').endsWith(path)
      return isSwitch && action.result?.toLowerCase() !== 'failure' && (raw.status_code ?? 200) < 400
    })
    .map(readEntry)
  return { entries, skipped }
}

export function overridePath(accountId: string): string {
  return `/accounts/${accountId}/devices/resilience/disconnect`
}

function readEntry({ id, action, actor, resource }: z.output<typeof lineSchema>): AuditEntry {
  const justification = find(resource?.request, 'justification', isText)
  const disconnect = find(resource?.request, 'disconnect', isFlag) ?? find(resource?.response, 'disconnect', isFlag)
  const name = [actor?.email, actor?.token_name, actor?.id, actor?.type].find(isFilled) ?? 'unknown'
  const via = [actor?.context ?? actor?.type, actor?.email == null ? null : actor.token_name].filter(isFilled)
  return {
    id: plainLine(id, 64),
    at: action.time,
    actor: plainLine(name, 120),
    via: plainLine(via.length > 0 ? via.join(' ') : 'unknown', 120),
    direction: disconnect === null ? null : directionOf(disconnect),
    justification: justification === null ? null : plainLine(justification, 400),
  }
}

function directionOf(disconnect: boolean): Direction {
  return disconnect ? 'disconnect' : 'reconnect'
}

/** The nearest `key` in a request, which may be an object, one within another, or JSON text. */
function find<T>(value: unknown, key: string, is: (found: unknown) => found is T, depth = 0): T | null {
  if (depth > deepest) return null
  if (typeof value === 'string') return find(parseObject(value), key, is, depth + 1)
  if (typeof value !== 'object' || value === null) return null
  const fields = Object.entries(value)
  const own = fields.find(([name, field]) => name === key && is(field))
  if (own !== undefined && is(own[1])) return own[1]
  for (const [, field] of fields) {
    const inner = find(field, key, is, depth + 1)
    if (inner !== null) return inner
  }
  return null
}

function parseObject(text: string): unknown {
  if (!/^\s*[{[]/.test(text)) return null
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function isText(value: unknown): value is string {
  return typeof value === 'string'
}

function isFlag(value: unknown): value is boolean {
  return typeof value === 'boolean'
}

function isFilled(value: string | null | undefined): value is string {
  return value !== null && value !== undefined && value.trim() !== ''
}
