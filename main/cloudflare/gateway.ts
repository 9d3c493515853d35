import type { Answer, ApiRequest, Call, CallOutcome } from '../engine/calls.ts'
import { fail, succeed } from '../engine/failure.ts'
import type { Result } from '../engine/failure.ts'
import type { TokenRole } from '../engine/model.ts'
import type { FleetApi } from '../engine/ports.ts'
import { isAccountId } from './account-id.ts'
import { readOverrideAudit } from './audit-reading.ts'
import { Conversation } from './conversation.ts'
import type { Question } from './conversation.ts'
import { startDeadline } from './deadline.ts'
import type { Deadline } from './deadline.ts'
import type { Content } from './envelope.ts'
import { decodeFleet, decodeHistory } from './fleet-decoding.ts'
import { decodeOverride } from './override-decoding.ts'
import { permissionOf } from './permissions.ts'
import { verifyToken } from './token-verification.ts'
import type { TokenOwner } from './token-verification.ts'
import { openWire } from './wire.ts'
import type { Wire, WireOptions } from './wire.ts'

export interface GatewayOptions extends WireOptions {
  readonly accountId: string
  /** Asked anew for every call; what it gives is not kept. */
  readonly token: (role: TokenRole) => Promise<Result<string>>
}

/** One account at Cloudflare, over the wire. */
export function openGateway(options: GatewayOptions): FleetApi {
  return new Gateway(options)
}

class Gateway implements FleetApi {
  readonly #options: GatewayOptions
  readonly #wire: Wire
  readonly #open = new Set<Deadline>()
  /** Where each token was verified last; it is asked there first. */
  readonly #owners = new Map<TokenRole, TokenOwner>()
  #isClosed = false

  constructor(options: GatewayOptions) {
    this.#options = options
    this.#wire = openWire(options)
  }

  async send(call: Call): Promise<CallOutcome> {
    if (!isAccountId(this.#options.accountId)) {
      return unsent(fail({ kind: 'rejected', status: 400, detail: 'The account id is not in the form of one' }))
    }
    const token = await this.#options.token(call.token)
    if (!token.ok) return unsent(token)
    if (this.#isClosed) return unsent(fail({ kind: 'offline', detail: 'The connection is closed' }))
    const deadline = startDeadline(this.#wire.deadlineMs)
    this.#open.add(deadline)
    const conversation = new Conversation(this.#wire, token.value, deadline)
    try {
      const result = await this.#answer(conversation, call.request, call.token)
      return { result, limits: conversation.limits, serverDate: conversation.serverDate }
    } finally {
      deadline.release()
      this.#open.delete(deadline)
    }
  }

  /** Ends every open call; one that may have been carried out ends as `timeout`, the others as `offline`. */
  close(): void {
    this.#isClosed = true
    for (const deadline of this.#open) deadline.close()
  }

  async #answer(conversation: Conversation, request: ApiRequest, role: TokenRole): Promise<Result<Answer>> {
    const account_id = this.#options.accountId
    const ask = (question: Question): Promise<Result<Content>> => conversation.ask(permissionOf[request.kind], question)
    switch (request.kind) {
      case 'readOverride': {
        const content = await ask((client) =>
          client.zeroTrust.devices.resilience.globalWARPOverride.get({ account_id }),
        )
        return name(request.kind, content.ok ? decodeOverride(content.value) : content)
      }
      case 'switchOverride': {
        const { disconnect, justification } = request
        const content = await ask((client) =>
          client.zeroTrust.devices.resilience.globalWARPOverride.create({ account_id, disconnect, justification }),
        )
        return name(request.kind, content.ok ? decodeOverride(content.value) : content)
      }
      case 'readFleet': {
        const content = await ask((client) =>
          client.zeroTrust.dex.fleetStatus.live({ account_id, since_minutes: request.sinceMinutes }),
        )
        return name(request.kind, content.ok ? decodeFleet(content.value.result) : content)
      }
      case 'readHistory': {
        const from = new Date(request.from).toISOString()
        const to = new Date(request.to).toISOString()
        const content = await ask((client) => client.zeroTrust.dex.fleetStatus.overTime({ account_id, from, to }))
        return name(request.kind, content.ok ? decodeHistory(content.value.result) : content)
      }
      case 'readOverrideAudit':
        return name(request.kind, await readOverrideAudit(conversation, account_id, request.since, request.before))
      case 'verifyToken': {
        const verdict = await verifyToken(conversation, account_id, this.#owners.get(role) ?? 'user')
        if (verdict.ok) this.#owners.set(role, verdict.value.owner)
        return name(request.kind, verdict)
      }
    }
  }
}

function unsent(result: Result<never>): CallOutcome {
  return { result, limits: [], serverDate: null }
}

type AnswerValue<K extends ApiRequest['kind']> = Extract<Answer, { readonly kind: K }>['value']

function name<K extends ApiRequest['kind']>(kind: K, result: Result<AnswerValue<K>>): Result<Answer> {
  return result.ok ? succeed({ kind, value: result.value } as Answer) : result
}
