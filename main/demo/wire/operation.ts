import type { z } from 'zod'

import type { Account } from '../account/account.ts'
import type { DemoToken, DemoTokenRole, PermissionGroup } from '../account/tokens.ts'
import type { RawQuery } from './parameters.ts'
import { read } from './parameters.ts'
import type { Reply } from './reply.ts'

/** A request that has passed: whose it is, and what it asks for. */
export interface Asked<Query, Body> {
  readonly account: Account
  readonly token: DemoToken
  readonly query: Query
  readonly body: Body
  readonly userAgent: string
}

/** A request that the operation must answer with a result. */
interface Example {
  /** The token that it takes; 'watch' if not told. */
  readonly as?: DemoTokenRole
  readonly query: RawQuery
  readonly body?: Readonly<Record<string, unknown>>
}

/** What an example is made from. */
export interface ExampleFacts {
  /** Now, in milliseconds since 1970. */
  readonly now: number
  /** An id of a device of the account, as physical devices have it. */
  readonly deviceId: string
}

/** How an operation is told of: everything but what it does. */
interface Described {
  /** Cloudflare's operationId. */
  readonly id: string
  readonly method: 'GET' | 'POST'
  /** Under the base address, with {account_id} in it. */
  readonly path: string
  /** Who refuses: the API itself, or the product behind it. They do it with different codes. */
  readonly area: 'core' | 'product'
  /** Any one of these suffices; empty: any good token. */
  readonly groups: readonly PermissionGroup[]
  readonly examples: (facts: ExampleFacts) => readonly Example[]
}

/** An operation of Cloudflare's API that the demo account serves. */
export interface Operation extends Described {
  /** `given` is the query and the parsed body as they came. */
  readonly answer: (given: Asked<RawQuery, unknown>) => Reply
  /** What else happens when the token lacks the permission. */
  readonly refused: (given: Asked<RawQuery, unknown>) => void
}

/** Makes an operation that checks query and body before it works. */
export function operation<Query, Body = null>(
  described: Described & {
    readonly query: z.ZodType<Query>
    readonly body?: z.ZodType<Body>
    readonly answer: (asked: Asked<Query, Body>) => Reply
    readonly refused?: (asked: Asked<Query, Body>) => void
  },
): Operation {
  const { query: querySchema, body: bodySchema, answer, refused, ...facts } = described
  const check = (given: Asked<RawQuery, unknown>) => {
    const query = read(querySchema, given.query, 'query parameter')
    if (!query.ok) return query
    if (bodySchema === undefined)
      return { ok: true as const, value: { ...given, query: query.value, body: null as Body } }
    const body = read(bodySchema, given.body, 'field')
    if (!body.ok) return body
    return { ok: true as const, value: { ...given, query: query.value, body: body.value } }
  }
  return {
    ...facts,
    answer: (given) => {
      const asked = check(given)
      return asked.ok ? answer(asked.value) : asked.reply
    },
    refused: (given) => {
      const asked = check(given)
      if (asked.ok) refused?.(asked.value)
    },
  }
}
