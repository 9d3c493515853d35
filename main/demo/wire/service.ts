import type { IncomingMessage, ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'

import type { Account } from '../account/account.ts'
import type { Limits } from '../account/limits.ts'
import { limitOwner } from '../account/tokens.ts'
import type { DemoToken } from '../account/tokens.ts'
import type { RequestFault } from '../faults.ts'
import { roll } from '../fleet/roll.ts'
import { authorize, readToken } from './authorization.ts'
import { readIncoming } from './incoming.ts'
import type { Incoming } from './incoming.ts'
import { FaultSource } from './fault-source.ts'
import { keepHeaders } from './journal.ts'
import type { Journal } from './journal.ts'
import type { Operation } from './operation.ts'
import type { Reply } from './reply.ts'
import { refuse, refuseAccess, refuseTooMany } from './reply.ts'
import { basePath, route } from './routes.ts'
import { miswrite, write } from './shapes.ts'

/** How long answers take, in milliseconds, evenly between the two. */
export interface Latency {
  readonly from: number
  readonly to: number
}

/** What came of a request: an answer, or none. */
interface Outcome {
  readonly reply: Reply
  readonly operation: Operation | null
  readonly token: DemoToken | null
  readonly fault: RequestFault | null
}

/** Answers the requests of an account one by one: fault, token, limit, route, permission, parameters, then the work. */
export class Service {
  readonly faults: FaultSource
  readonly #account: Account
  readonly #limits: Limits
  readonly #journal: Journal
  readonly #latency: Latency
  #count = 0

  constructor(account: Account, limits: Limits, journal: Journal, latency: Latency) {
    this.#account = account
    this.faults = new FaultSource(account)
    this.#limits = limits
    this.#journal = journal
    this.#latency = latency
  }

  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const at = this.#account.clock.now()
    const incoming = await readIncoming(request)
    if (incoming === null) {
      response.writeHead(413).end()
      return
    }
    const outcome = this.#answer(incoming, request.headers.authorization, request.headers['user-agent'] ?? '')
    const isAnswered = outcome.fault === null || !['cut', 'lostReply', 'hang'].includes(outcome.fault.kind)
    this.#journal.add({
      at,
      method: incoming.method,
      path: incoming.path.replace(basePath, ''),
      query: incoming.query,
      headers: keepHeaders(request.headers),
      body: incoming.text === '' ? null : (incoming.body ?? incoming.text),
      role: outcome.token?.role ?? null,
      operation: outcome.operation?.id ?? null,
      status: isAnswered ? outcome.reply.status : null,
    })
    await this.#wait(outcome.fault)
    this.#send(outcome, response)
  }

  #answer(incoming: Incoming, authorization: string | undefined, userAgent: string): Outcome {
    const { method, path, query, body } = incoming
    this.#count += 1
    const routed = route(this.#account, method, path)
    const operation = 'operation' in routed ? routed.operation : null
    const known = readToken(this.#account, authorization)
    const token = known.token ?? null
    const fault = this.faults.take({ method, operation: operation?.id ?? null, token })
    const early = this.#refuseEarly(fault)
    const outcome = { operation, token, fault }
    if (early !== null) return { ...outcome, reply: early }
    if (known.refusal !== undefined) return { ...outcome, reply: known.refusal }
    const limited = this.#limit(token)
    const answered = (reply: Reply): Outcome => ({
      ...outcome,
      reply: { ...reply, headers: { ...limited.headers, ...reply.headers } },
    })
    if (limited.refusal !== null) return answered(limited.refusal)
    if ('refusal' in routed) return answered(routed.refusal)
    const authorized = authorize(routed.operation, known.token)
    if ('refusal' in authorized || fault?.kind === 'forbidden') {
      if (token !== null) routed.operation.refused({ account: this.#account, token, query, body, userAgent })
      return answered('refusal' in authorized ? authorized.refusal : refuseAccess(routed.operation.area))
    }
    if (routed.foreign !== null) return answered(routed.foreign)
    return answered(
      routed.operation.answer({ account: this.#account, token: authorized.token, query, body, userAgent }),
    )
  }

  /** What is refused before anything is looked at. */
  #refuseEarly(fault: RequestFault | null): Reply | null {
    if (fault?.kind === 'serverError') return failing(fault.status)
    if (fault?.kind === 'cut') return failing(503)
    if (fault?.kind === 'redirect') return { status: 302, body: null, headers: { location: fault.to } }
    if (fault?.kind !== 'rateLimited') return null
    const after = fault.retryAfterSeconds
    const headers = after === null ? {} : { 'retry-after': String(after), ratelimit: `"default";r=0;t=${after}` }
    return refuseTooMany(this.#account.switches.rateLimitCode, headers)
  }

  #limit(token: DemoToken | null) {
    if (token === null) return { refusal: null, headers: {} }
    const verdict = this.#limits.count(limitOwner(token), this.#account.clock.lived())
    const code = this.#account.switches.rateLimitCode
    return { refusal: verdict.isAllowed ? null : refuseTooMany(code, {}), headers: verdict.headers }
  }

  async #wait(fault: RequestFault | null): Promise<void> {
    const { from, to } = this.#latency
    const usual = from + (to - from) * roll(this.#account.seed, this.#count)
    const ms = usual + (fault?.kind === 'slow' ? fault.ms : 0)
    if (ms > 0) await sleep(ms, undefined, { ref: false })
  }

  #send({ reply, fault }: Outcome, response: ServerResponse): void {
    if (fault?.kind === 'cut' || fault?.kind === 'lostReply') {
      response.destroy()
      return
    }
    const { status, type, text } = fault?.kind === 'shape' ? miswrite(reply, fault.shape) : write(reply)
    response.writeHead(status, {
      'content-type': type,
      'content-length': Buffer.byteLength(text),
      date: new Date(this.#account.clock.now()).toUTCString(),
      ...reply.headers,
    })
    if (fault?.kind === 'hang') response.write(text.slice(0, Math.ceil(text.length / 2)))
    else response.end(text)
  }
}

/** What a failing API says is assumed. */
function failing(status: number): Reply {
  return refuse(status, 10013, 'An unknown error occurred; please try again later')
}
