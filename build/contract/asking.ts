import type { Query } from './checker.ts'

/** An account to ask. */
export interface Account {
  readonly baseUrl: string
  readonly accountId: string
  readonly tokens: Readonly<Record<TokenKind, string>>
}

/** Some operations want a token that belongs to a person, others one of the account itself; the others are refused. */
type TokenKind = 'user' | 'account' | 'unknown' | 'malformed'

/** One request to an operation, by the name that the document gives it. */
export interface Ask {
  readonly operation: string
  readonly query: Query
  readonly body?: unknown
  /** Which token is sent; null: none. */
  readonly token: TokenKind | null
  /** What a good reply may not have empty: `result`, `result.deviceStats.byStatus`. */
  readonly filled: readonly string[]
}

export interface Reply {
  /** 0: there was no reply, and `body` says why. */
  readonly status: number
  /** undefined when it was not JSON. */
  readonly body: unknown
}

/** Asks once. */
export async function ask(account: Account, { operation, query, body, token }: Ask): Promise<Reply> {
  const [method = '', path = ''] = operation.split(' ')
  const search = new URLSearchParams(query.map(([name, value]): [string, string] => [name, value]))
  const url = new URL(account.baseUrl + path.replace('{account_id}', account.accountId))
  url.search = search.toString()
  const headers = {
    ...(token === null ? {} : { authorization: `Bearer ${account.tokens[token]}` }),
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
  }
  try {
    const reply = await fetch(url, {
      method,
      headers,
      redirect: 'manual',
      signal: AbortSignal.timeout(10_000),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    return { status: reply.status, body: parse(await reply.text()) }
  } catch (error) {
    return { status: 0, body: String(error) }
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
