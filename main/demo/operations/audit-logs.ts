import { z } from 'zod'

import type { AuditEntry } from '../account/audit-log.ts'
import { operation } from '../wire/operation.ts'
import { many, moment, one, text, whole, word } from '../wire/parameters.ts'
import { refuseRequest } from '../wire/reply.ts'

/** The filters of the second version, each also with ".not", and what they look at. The demo has no zones. */
const filters = {
  account_name: ({ account }: AuditEntry) => account.name,
  action_result: ({ action }: AuditEntry) => action.result,
  action_type: ({ action }: AuditEntry) => action.type,
  actor_context: ({ actor }: AuditEntry) => actor.context,
  actor_email: ({ actor }: AuditEntry) => actor.email,
  actor_id: ({ actor }: AuditEntry) => actor.id,
  actor_ip_address: ({ actor }: AuditEntry) => actor.ip_address,
  actor_token_id: ({ actor }: AuditEntry) => actor.token_id,
  actor_token_name: ({ actor }: AuditEntry) => actor.token_name,
  actor_type: ({ actor }: AuditEntry) => actor.type,
  audit_log_id: ({ id }: AuditEntry) => id,
  id: ({ id }: AuditEntry) => id,
  raw_cf_ray_id: ({ raw }: AuditEntry) => raw.cf_ray_id,
  raw_method: ({ raw }: AuditEntry) => raw.method,
  raw_status_code: ({ raw }: AuditEntry) => String(raw.status_code),
  raw_uri: ({ raw }: AuditEntry) => raw.uri,
  resource_id: ({ resource }: AuditEntry) => resource.id,
  resource_product: ({ resource }: AuditEntry) => resource.product,
  resource_type: ({ resource }: AuditEntry) => resource.type,
  resource_scope: () => 'accounts',
  zone_id: () => undefined,
  zone_name: () => undefined,
}
type FilterName = keyof typeof filters

/** What the schema allows in a filter; any text in the others. */
const filterValues: Partial<Record<FilterName, z.ZodType<string, string>>> = {
  action_result: word('success', 'failure'),
  action_type: word('create', 'delete', 'view', 'update'),
  actor_context: word('api_key', 'api_token', 'dash', 'oauth', 'origin_ca_key'),
  actor_type: word('account', 'cloudflare_admin', 'system', 'user'),
  raw_status_code: z.string().regex(/^\d{1,3}$/, { error: 'is no whole number' }),
  resource_scope: word('accounts', 'user', 'zones', 'memberships'),
}

const filterNames = Object.keys(filters) as FilterName[]
const filterParameters = Object.fromEntries(
  filterNames.flatMap((name) => {
    const parameter = many(filterValues[name] ?? text()).optional()
    return [
      [name, parameter],
      [`${name}.not`, parameter],
    ]
  }),
) as Record<FilterName | `${FilterName}.not`, z.ZodOptional<z.ZodArray<z.ZodType<string, string>>>>

/** The audit log, second version, by cursor: in result_info.cursor, with a count that is a text, and without messages. */
export const listAuditLogs = operation({
  id: 'audit-logs-v2-get-account-audit-logs',
  method: 'GET',
  path: '/accounts/{account_id}/logs/audit',
  area: 'core',
  groups: ['Account Settings Write', 'Account Settings Read'],
  query: z.strictObject({
    ...filterParameters,
    since: one(moment()),
    before: one(moment()),
    direction: one(word('desc', 'asc')).default('desc'),
    limit: one(whole(1, 1000)).default(100),
    cursor: one(text(100)).optional(),
  }),
  examples: ({ now }) => {
    const range = { since: [dateOf(now - 30 * 86_400_000)], before: [dateOf(now + 86_400_000)] }
    return [{ query: range }, { query: { ...range, raw_method: ['POST'], limit: ['1'], direction: ['asc'] } }]
  },
  answer: ({ account, query }) => {
    const { since, before, direction, limit, cursor } = query
    const after = cursor === undefined || cursor === '' ? null : Buffer.from(cursor, 'base64url').toString()
    const found = account.audit.entries(since, before).filter((entry) =>
      filterNames.every((name) => {
        if (name === 'raw_uri' && account.switches.auditUriFilter === 'ignored') return true
        const value = filters[name](entry)
        const wanted = query[name]
        const unwanted = query[`${name}.not`]
        return (
          (wanted === undefined || (value !== undefined && wanted.includes(value))) &&
          (unwanted === undefined || value === undefined || !unwanted.includes(value))
        )
      }),
    )
    if (direction === 'desc') found.reverse()
    const start = after === null ? 0 : found.findIndex(({ id }) => id === after) + 1
    if (after !== null && start === 0)
      return refuseRequest('Invalid query parameter "cursor": is not one of ours', '/cursor')
    const page = found.slice(start, start + limit)
    const last = page.at(-1)
    const next =
      start + limit < found.length && last !== undefined ? Buffer.from(last.id).toString('base64url') : undefined
    const end = { empty: { cursor: '' }, null: { cursor: null }, absent: {} }[account.switches.lastPageCursor]
    return {
      status: 200,
      body: {
        success: true,
        errors: [],
        result: page,
        result_info: { count: String(page.length), ...(next === undefined ? end : { cursor: next }) },
      },
    }
  },
})

function dateOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10)
}
