import type { RateLimit } from '../engine/calls.ts'
import { fail } from '../engine/failure.ts'
import type { EpochMs, Failure, Result } from '../engine/failure.ts'
import { openClient } from './client.ts'
import type { Client } from './client.ts'
import type { Deadline } from './deadline.ts'
import { openEnvelope } from './envelope.ts'
import type { Content } from './envelope.ts'
import { readRateLimits, readServerDate } from './rate-limit-headers.ts'
import { transfer } from './transfer.ts'
import type { Reply } from './transfer.ts'
import type { Wire } from './wire.ts'

/** Asks through the SDK. Only `asResponse` is used of what it returns: reading and judging the answer is ours. */
export type Question = (client: Client) => { asResponse(): Promise<unknown> }

/** What a token may look like. Anything else could break out of its header, so it is not sent. */
const tokenPattern = /^[\x21-\x7e]{1,512}$/

export const notAToken: Failure = { kind: 'unauthorized', detail: 'This is not in the form of an API token' }

export function isTokenShaped(token: string): boolean {
  return tokenPattern.test(token)
}

/** The requests of one call with one token, under one deadline, and what their headers said. */
export class Conversation {
  readonly #wire: Wire
  readonly #token: string
  readonly #deadline: Deadline
  #limits: readonly RateLimit[] = []
  #serverDate: EpochMs | null = null

  constructor(wire: Wire, token: string, deadline: Deadline) {
    this.#wire = wire
    this.#token = token
    this.#deadline = deadline
  }

  /** Of the last answer. */
  get limits(): readonly RateLimit[] {
    return this.#limits
  }

  /** Of the last answer. */
  get serverDate(): EpochMs | null {
    return this.#serverDate
  }

  /** One request, sent once. `scope` names the permission group to tell of if it is refused. */
  async ask(scope: string, question: Question): Promise<Result<Content>> {
    if (!isTokenShaped(this.#token)) return fail(notAToken)
    const reply = await this.#exchange(question)
    if (!reply.ok) return reply
    const now = this.#wire.now()
    this.#limits = readRateLimits(reply.value.headers, now)
    this.#serverDate = readServerDate(reply.value.headers)
    return openEnvelope(reply.value, { scope, secret: this.#token }, now)
  }

  /** The SDK only sees an empty answer: its own reading has neither a size limit nor a deadline for the body. */
  async #exchange(question: Question): Promise<Result<Reply>> {
    const replies: Result<Reply>[] = []
    const carry: typeof globalThis.fetch = async (url, init) => {
      const body = typeof init?.body === 'string' ? init.body : undefined
      const request = { url: readUrl(url), method: init?.method ?? 'GET', body }
      replies.push(await transfer(this.#wire, this.#token, request, this.#deadline))
      return new Response('{}', { headers: { 'content-type': 'application/json' } })
    }
    await question(openClient(this.#wire.baseUrl, carry, this.#wire.deadlineMs)).asResponse()
    const [reply] = replies
    if (reply === undefined) throw new Error('The SDK sent nothing')
    return reply
  }
}

function readUrl(url: string | URL | Request): string {
  return typeof url === 'string' ? url : 'url' in url ? url.url : url.href
}
