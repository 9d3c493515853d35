import { z } from 'zod'

import { hexDigits } from '../fleet/identifiers.ts'
import { operation } from '../wire/operation.ts'
import { one, text, whole, word } from '../wire/parameters.ts'
import { refuse, succeed } from '../wire/reply.ts'

/**
 * The accounts that a token sees, by page and per_page (5 to 50, 20 if not told). Account-owned tokens were reported to be
 * refused with 400 / 1001.
 */
export const listAccounts = operation({
  id: 'accounts-list-accounts',
  method: 'GET',
  path: '/accounts',
  area: 'core',
  groups: [],
  query: z.strictObject({
    name: one(text()).optional(),
    direction: one(word('asc', 'desc')).optional(),
    page: one(whole(1, 1_000_000)).default(1),
    per_page: one(whole(5, 50)).default(20),
  }),
  examples: () => [{ query: {} }, { query: { page: ['1'], per_page: ['50'], direction: ['desc'] } }],
  answer: ({ account, token, query: { name, direction, page, per_page } }) => {
    if (token.owner === 'account' && account.switches.accountTokenAtAccounts === 'refused') {
      return refuse(400, 1001, 'List accounts endpoint does not support account owned tokens.')
    }
    const own = { id: account.id, name: account.name }
    const others = Array.from({ length: token.owner === 'account' ? 0 : account.otherAccounts }, (_, index) => ({
      id: hexDigits(account.seed, 12_000_017 + index, 32),
      name: `${account.name} branch ${String(index + 1).padStart(3, '0')}`,
    }))
    const all = [own, ...others]
      .filter((each) => name === undefined || each.name === name)
      .sort((left, right) => left.name.localeCompare(right.name, 'en'))
    if (direction === 'desc') all.reverse()
    const shown = all.slice((page - 1) * per_page, page * per_page)
    return succeed(
      shown.map((each) => ({
        ...each,
        type: 'enterprise',
        settings: { enforce_twofactor: true },
        created_on: new Date(account.createdAt).toISOString(),
      })),
      {
        page,
        per_page,
        count: shown.length,
        total_count: all.length,
        total_pages: Math.ceil(all.length / per_page),
      },
    )
  },
})
