import { z } from 'zod'

import { succeed } from '../engine/failure.ts'
import type { Result } from '../engine/failure.ts'
import { isAccountId } from './account-id.ts'
import type { Conversation } from './conversation.ts'
import { decode, decodeItems } from './decode.ts'
import { plainLine } from './plain-text.ts'

export interface Account {
  readonly id: string
  readonly name: string
}

/** Cloudflare's own maximum for this list. */
const pageSize = 50
/** Beyond so many accounts nobody chooses from a list. */
const mostPages = 10

const itemsSchema = z.array(z.unknown())
const accountSchema = z
  .looseObject({ id: z.string().refine(isAccountId), name: z.string() })
  .transform(({ id, name }): Account => ({ id, name: plainLine(name, 100) }))

/** The accounts that the token may list: all of them up to 500. Account-owned tokens are refused with 400 / 1001. */
export async function listAccounts(conversation: Conversation): Promise<Result<readonly Account[]>> {
  const accounts: Account[] = []
  for (let page = 1; page <= mostPages; page++) {
    const content = await conversation.ask('Account Settings Read', (client) =>
      client.accounts.list({ page, per_page: pageSize }),
    )
    if (!content.ok) return content
    const items = decode(itemsSchema, content.value.result, 'result')
    if (!items.ok) return items
    const known = new Set(accounts.map(({ id }) => id))
    const fresh = decodeItems(accountSchema, items.value, 'result').good.filter(({ id }) => !known.has(id))
    accounts.push(...fresh)
    // A server that ignores `page` sends the same ones again.
    if (items.value.length < pageSize || fresh.length === 0) break
  }
  return succeed(accounts)
}
