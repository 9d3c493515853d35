import type { Account } from './account.ts'
import type { AuditActor, AuditedAct } from './audit-log.ts'
import { person } from './people.ts'
import type { DemoToken } from './tokens.ts'

const dashboardAgent = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko)'

/** A switch of the override as somebody asked for it. */
export interface SwitchRequest {
  readonly actor: AuditActor
  readonly isOn: boolean
  readonly justification: string | null
  readonly userAgent: string
}

/** Switches the override, and writes down who did. */
export function switchOverride(account: Account, request: SwitchRequest): void {
  account.override.set(request.isOn)
  account.audit.add(audited(account.id, request, 200, { ...account.override.toResult() }))
}

/** Writes down that somebody tried to, and was refused (that refused attempts are logged is assumed). */
export function noteRefusedSwitch(account: Account, request: SwitchRequest): void {
  account.audit.add(audited(account.id, request, 403, {}))
}

/** The actor that a token stands for. */
export function actorOf(token: DemoToken, account: { readonly id: string; readonly seed: number }): AuditActor {
  const { id, email } = person(account.seed, 0)
  return {
    type: token.owner,
    context: 'api_token',
    ip_address: '203.0.113.7',
    token_id: token.id,
    token_name: token.name,
    ...(token.owner === 'user' ? { id, email } : { id: account.id }),
  }
}

/** Somebody at Cloudflare's dashboard. */
export function dashboardActor(email: string, id: string): AuditActor {
  return { type: 'user', context: 'dash', id, email, ip_address: '198.51.100.23' }
}

/** A switch from the dashboard, as the account's past and other people make them. */
export function dashboardSwitch(email: string, id: string, isOn: boolean, justification: string | null): SwitchRequest {
  return { actor: dashboardActor(email, id), isOn, justification, userAgent: dashboardAgent }
}

/** How a switch stands in the audit log. Where the justification surfaces there is not documented: in the request. */
export function audited(
  accountId: string,
  { actor, isOn, justification, userAgent }: SwitchRequest,
  statusCode: number,
  response: Readonly<Record<string, unknown>>,
): AuditedAct {
  return {
    actor,
    method: 'POST',
    uri: `/accounts/${accountId}/devices/resilience/disconnect`,
    statusCode,
    product: 'zero_trust',
    type: 'global_warp_override',
    request: { disconnect: isOn, ...(justification === null ? {} : { justification }) },
    response,
    userAgent,
  }
}
