import { z } from 'zod'

import type { Switches } from '../switches.ts'
import { one, text, whole, word } from './parameters.ts'
import type { Reply } from './reply.ts'
import { refuseRequest, succeed } from './reply.ts'

/** A row with what it is sorted by; the id settles ties. */
export interface Row<T> {
  readonly key: string | number
  readonly id: string
  readonly item: T
}

/** Parameters of every list by cursor. How many rows a page has if not told is assumed; a maximum is not documented. */
export const cursorParameters = {
  cursor: one(text(1000)).optional(),
  per_page: one(whole(1, 1_000_000)).default(50),
  sort_order: one(word('asc', 'desc')).default('asc'),
}

/**
 * A page behind a cursor. The cursor names the last row of the page before, so rows that move while someone pages are
 * neither lost for their neighbours nor sent twice.
 */
export function cursorPage<T>(
  rows: readonly Row<T>[],
  query: { readonly cursor?: string | undefined; readonly per_page: number; readonly sort_order: 'asc' | 'desc' },
  switches: Switches,
  show: (item: T) => unknown,
): Reply {
  if (query.per_page > switches.largestCursorPage) {
    return refuseRequest(`Invalid query parameter "per_page": is over ${switches.largestCursorPage}`, '/per_page')
  }
  const after = query.cursor === undefined || query.cursor === '' ? null : readCursor(query.cursor)
  if (after === undefined) return refuseRequest('Invalid query parameter "cursor": is not one of ours', '/cursor')
  const sign = query.sort_order === 'asc' ? 1 : -1
  const sorted = [...rows].sort((left, right) => sign * compare(left, right))
  const rest = after === null ? sorted : sorted.filter((row) => sign * compare(row, after) > 0)
  const page = rest.slice(0, query.per_page)
  const last = page.at(-1)
  const isLast = rest.length <= page.length || last === undefined
  return succeed(
    page.map(({ item }) => show(item)),
    {
      count: page.length,
      per_page: query.per_page,
      total_count: rows.length,
      ...(isLast ? endCursor(switches) : { cursor: writeCursor(last) }),
    },
  )
}

function endCursor({ lastPageCursor }: Switches): { readonly cursor?: string | null } {
  if (lastPageCursor === 'absent') return {}
  return { cursor: lastPageCursor === 'empty' ? '' : null }
}

function compare(left: Omit<Row<unknown>, 'item'>, right: Omit<Row<unknown>, 'item'>): number {
  if (left.key !== right.key) return left.key < right.key ? -1 : 1
  return left.id < right.id ? -1 : left.id > right.id ? 1 : 0
}

const cursorSchema = z.tuple([z.union([z.string(), z.number()]), z.string()])

function writeCursor({ key, id }: Row<unknown>): string {
  return Buffer.from(JSON.stringify([key, id])).toString('base64url')
}

function readCursor(cursor: string): Omit<Row<unknown>, 'item'> | undefined {
  try {
    const [key, id] = cursorSchema.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()))
    return { key, id }
  } catch {
    return undefined
  }
}
