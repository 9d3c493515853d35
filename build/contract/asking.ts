import type { Query } from './checker.ts'

/** An account to ask. Some operations want a token that belongs to a person, others one of the account itself. */
export interface Account {
  readonly baseUrl: string
  readonly accountId: string
  readonly tokens: Readonly<Record<TokenOwner, string>>
}

export type TokenOwner = 'user' | 'account'

/** One request to an operation, by the name that the document gives it. */
export interface Ask {
  readonly operation: string
  readonly query: Query
  readonly body?: unknown
  /** Whose token is sent; null: none, to be refused. */
  readonly token: TokenOwner | null
  /** What a good reply may not have empty: `result`, `result.deviceStats.byStatus`. */
  readonly filled: readonly string[]
}

export interface Reply {
  readonly status: number
  /** undefined when it was not JSON. */
  readonly body: unknown
}

/** Asks once. */
export async function ask(account: Account, { operation, query, body, token }: Ask): Promise<Reply> {
  const [method = '', path = ''] = operation.split(' ')
  const search = new URLSearchParams(query.map(([name, value]): [string, string] => [name, value])).toString()
  const url = `${account.baseUrl}${path.replace('{account_id}', account.accountId)}${search === '' ? '' : `?${search}`}`
  const reply = await fetch(url, {
    method,
    redirect: 'manual',
    signal: AbortSignal.timeout(10_000),
    headers: {
      ...(token === null ? {} : { authorization: `Bearer ${account.tokens[token]}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  return { status: reply.status, body: parse(await reply.text()) }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}
