import type { IncomingMessage } from 'node:http'

import type { RawQuery } from './parameters.ts'

/** Far beyond any request that Cloudflare's API takes here. */
const longestBody = 64 * 1024

/** A request, read whole. */
export interface Incoming {
  readonly method: string
  readonly path: string
  readonly query: RawQuery
  readonly text: string
  /** The body as JSON; undefined: there is none, or it is none. */
  readonly body: unknown
}

/** Reads a request whole; null: its body is too long. */
export async function readIncoming(request: IncomingMessage): Promise<Incoming | null> {
  const url = new URL(request.url ?? '/', 'http://127.0.0.1')
  let text = ''
  request.setEncoding('utf8')
  for await (const chunk of request as AsyncIterable<string>) {
    text += chunk
    if (text.length > longestBody) return null
  }
  const query: Record<string, string[]> = {}
  for (const [name, value] of url.searchParams) (query[name] ??= []).push(value)
  return { method: request.method ?? 'GET', path: url.pathname, query, text, body: parse(text) }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
