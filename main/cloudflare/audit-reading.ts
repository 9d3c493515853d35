import { z } from 'zod'

import type { Answers } from '../engine/calls.ts'
import { succeed } from '../engine/failure.ts'
import type { EpochMs, Result } from '../engine/failure.ts'
import type { AuditEntry } from '../engine/model.ts'
import { decodeAudit, overridePath } from './audit-decoding.ts'
import type { Conversation } from './conversation.ts'
import { boundSkipped, decode } from './decode.ts'
import { permissionOf } from './permissions.ts'

const pageSize = 100
/** One page holds every switch of a busy month; more pages come only where Cloudflare ignores our filter. */
const mostPages = 5

const itemsSchema = z.array(z.unknown())
const infoSchema = z
  .looseObject({
    cursor: z.string().nullish().catch(null),
    cursors: z.looseObject({ after: z.string().nullish() }).nullish().catch(null),
  })
  .catch({})

/**
 * Who switched the override in [since, before), newest first. The loop is ours: the SDK looks for the cursor in
 * result_info.cursors.after, while Cloudflare documents result_info.cursor.
 */
export async function readOverrideAudit(
  conversation: Conversation,
  accountId: string,
  since: EpochMs,
  before: EpochMs,
): Promise<Result<Answers['readOverrideAudit']>> {
  const entries: AuditEntry[] = []
  const skipped: string[] = []
  const seen = new Set<string>()
  let cursor: string | null = null
  for (let page = 0; page < mostPages; page++) {
    const content = await conversation.ask(permissionOf.readOverrideAudit, (client) => {
      const range = { since: new Date(since).toISOString(), before: new Date(before).toISOString() }
      const filter = { raw_method: ['POST'], raw_uri: [overridePath(accountId)] }
      const place = { direction: 'desc', limit: pageSize, ...(cursor === null ? {} : { cursor }) }
      // The SDK's own parameters only know the filters that exclude.
      const query = { ...range, ...filter, ...place }
      return client.accounts.logs.audit.list({ account_id: accountId, ...range }, { query })
    })
    if (!content.ok) return content
    const items = decode(itemsSchema, content.value.result, 'result')
    if (!items.ok) return items
    const decoded = decodeAudit(items.value, accountId)
    entries.push(...decoded.entries)
    skipped.push(...decoded.skipped)
    const info = infoSchema.parse(content.value.info ?? {})
    cursor = info.cursor ?? info.cursors?.after ?? ''
    if (cursor === '' || seen.has(cursor) || items.value.length === 0) {
      return succeed({ entries: newestFirst(entries), skipped: boundSkipped(skipped) })
    }
    seen.add(cursor)
  }
  return succeed({
    entries: newestFirst(entries),
    skipped: [...boundSkipped(skipped), `result beyond ${mostPages} pages`],
  })
}

function newestFirst(entries: readonly AuditEntry[]): readonly AuditEntry[] {
  return [...entries].sort((one, other) => other.at - one.at)
}
