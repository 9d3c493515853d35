import { fail, succeed } from '../engine/failure.ts'
import type { Failure, Result } from '../engine/failure.ts'
import { apiVersion } from './client.ts'
import { unlessAborted } from './deadline.ts'
import type { Deadline } from './deadline.ts'
import { readNetworkError } from './network-error.ts'
import { safeDetail } from './plain-text.ts'

/** Where and how requests go. */
export interface Wire {
  readonly baseUrl: string
  readonly fetch: typeof globalThis.fetch
  readonly deadlineMs: number
  /** The longest body that is read, in bytes. */
  readonly maxBytes: number
  readonly now: () => number
}

/** A whole answer, whatever its status. */
export interface Reply {
  readonly status: number
  readonly headers: Headers
  readonly body: Result<string>
}

export const defaultDeadlineMs = 20_000
export const defaultMaxBytes = 8 * 1024 * 1024

const unknownOutcome = 'whether Cloudflare carried it out is not known'

/** The address without slashes at its end, so that paths can be put behind it. */
export function trimAddress(baseUrl: string): string {
  return baseUrl.replace(/\/+$/, '')
}

/**
 * Sends one request, once, and reads the whole answer. The token goes to addresses under `baseUrl` only and follows no
 * redirect. Headers are made here and nowhere else. What was written may have been carried out, so only a failure that
 * surely came before is `offline` for anything but a GET; the others are `timeout`.
 */
export async function transfer(
  wire: Wire,
  token: string,
  request: { readonly url: string; readonly method: string; readonly body: string | undefined },
  deadline: Deadline,
): Promise<Result<Reply>> {
  if (!request.url.startsWith(`${wire.baseUrl}/`)) throw new Error('A request for another address')
  try {
    deadline.signal.throwIfAborted()
    const response = await unlessAborted(
      deadline.signal,
      wire.fetch(request.url, {
        method: request.method,
        headers: {
          accept: 'application/json',
          'api-version': apiVersion,
          authorization: `Bearer ${token}`,
          'user-agent': 'Fleetlight',
          ...(request.body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(request.body === undefined ? {} : { body: request.body }),
        redirect: 'manual',
        credentials: 'omit',
        cache: 'no-store',
        signal: deadline.signal,
      }),
    )
    const body = await readBody(response, wire.maxBytes, deadline.signal)
    return succeed({ status: response.status, headers: response.headers, body })
  } catch (error) {
    return fail(explainEnd(error, request.method, token, deadline))
  }
}

async function readBody(response: Response, maxBytes: number, signal: AbortSignal): Promise<Result<string>> {
  if (response.body === null) return succeed('')
  const reader = response.body.getReader() as ReadableStreamDefaultReader<Uint8Array>
  const declared = Number(response.headers.get('content-length') ?? 0)
  const decoder = new TextDecoder()
  let text = ''
  let size = 0
  try {
    while (declared <= maxBytes) {
      const { done, value } = await unlessAborted(signal, reader.read())
      if (done) return succeed(text + decoder.decode())
      size += value.byteLength
      if (size > maxBytes) break
      text += decoder.decode(value, { stream: true })
    }
    const detail = `The answer is longer than ${maxBytes} bytes`
    return fail({ kind: 'badShape', path: 'body', detail })
  } finally {
    // Frees the connection. Its outcome does not matter any more, and it may never come.
    reader.cancel().catch(() => undefined)
  }
}

function explainEnd(error: unknown, method: string, token: string, deadline: Deadline): Failure {
  const mayBeDone = method !== 'GET'
  const ended = deadline.ended()
  if (ended === 'deadline') {
    return { kind: 'timeout', detail: `No whole answer in time${mayBeDone ? `; ${unknownOutcome}` : ''}` }
  }
  if (ended === 'closed') {
    return mayBeDone
      ? { kind: 'timeout', detail: `Ended before an answer came; ${unknownOutcome}` }
      : { kind: 'offline', detail: 'Ended before an answer came' }
  }
  const { detail, isSurelyUnsent } = readNetworkError(error)
  if (isSurelyUnsent || !mayBeDone) return { kind: 'offline', detail: safeDetail(detail, token) }
  return { kind: 'timeout', detail: safeDetail(`The connection was cut; ${unknownOutcome}. ${detail}`, token) }
}
