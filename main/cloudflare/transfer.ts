import { fail, succeed } from '../engine/failure.ts'
import type { Failure, Result } from '../engine/failure.ts'
import { apiVersion } from './client.ts'
import { unlessAborted } from './deadline.ts'
import type { Deadline } from './deadline.ts'
import { readNetworkError } from './network-error.ts'
import { safeDetail } from './plain-text.ts'
import type { Wire } from './wire.ts'

export interface Message {
  readonly url: string
  readonly method: string
  readonly body: string | undefined
}

/** An answer, whatever its status. The body may have failed by itself: a status and its headers tell enough of a refusal. */
export interface Reply {
  readonly status: number
  readonly headers: Headers
  readonly body: Result<string>
}

const unknownOutcome = 'whether Cloudflare carried it out is not known'

/**
 * Sends one request, once, and reads the whole answer. The token goes to addresses under `baseUrl` only and follows no
 * redirect. Headers are made here and nowhere else. What was written may have been carried out, so only a failure that
 * surely came before is `offline` for anything but a GET; the others are `timeout`.
 */
export async function transfer(
  wire: Wire,
  token: string,
  message: Message,
  deadline: Deadline,
): Promise<Result<Reply>> {
  if (!message.url.startsWith(`${wire.baseUrl}/`)) throw new Error('A request for another address')
  const explain = (error: unknown) => fail(explainEnd(error, message.method, token, deadline))
  try {
    deadline.signal.throwIfAborted()
    const request = wire.fetch(message.url, { ...describe(message, token), signal: deadline.signal })
    const response = await unlessAborted(deadline.signal, request)
    const body = await readBody(response, wire.maxBytes, deadline.signal).catch(explain)
    return succeed({ status: response.status, headers: response.headers, body })
  } catch (error) {
    return explain(error)
  }
}

function describe({ method, body }: Message, token: string) {
  const headers = {
    accept: 'application/json',
    'api-version': apiVersion,
    authorization: `Bearer ${token}`,
    'user-agent': 'Fleetlight',
  }
  const manners = { method, redirect: 'manual', credentials: 'omit', cache: 'no-store' } as const
  if (body === undefined) return { ...manners, headers }
  const bytes = new TextEncoder().encode(body)
  return {
    ...manners,
    headers: { ...headers, 'content-type': 'application/json', 'content-length': String(bytes.byteLength) },
    // A stream cannot be read twice. With a string, Node's fetch repeats the request after a 421 (Fetch standard,
    // HTTP-network-or-cache fetch), and a write must not be repeated by anybody.
    body: new ReadableStream({
      start(controller) {
        controller.enqueue(bytes)
        controller.close()
      },
    }),
    duplex: 'half' as const,
  }
}

async function readBody(response: Response, maxBytes: number, signal: AbortSignal): Promise<Result<string>> {
  if (response.body === null) return succeed('')
  const reader = response.body.getReader() as ReadableStreamDefaultReader<Uint8Array>
  const tooLong = fail<Failure>({
    kind: 'badShape',
    path: 'body',
    detail: `The answer is longer than ${maxBytes} bytes`,
  })
  const decoder = new TextDecoder()
  let text = ''
  let size = 0
  try {
    if (Number(response.headers.get('content-length')) > maxBytes) return tooLong
    for (;;) {
      const { done, value } = await unlessAborted(signal, reader.read())
      if (done) return succeed(text + decoder.decode())
      size += value.byteLength
      if (size > maxBytes) return tooLong
      text += decoder.decode(value, { stream: true })
    }
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
