import type { ApiRequest, Call, CallOutcome } from '../../main/engine/calls.ts'
import { succeed } from '../../main/engine/failure.ts'
import type { TokenRole } from '../../main/engine/model.ts'
import type { FleetApi } from '../../main/engine/ports.ts'
import { openGateway } from '../../main/cloudflare/gateway.ts'
import type { GatewayOptions } from '../../main/cloudflare/gateway.ts'

export const accountId = '01a7362d577a6c3019a474fd6f485823'
export const tokens = { watch: 'watch-Zx81kQ', act: 'act-Pm27tR' } as const satisfies Record<TokenRole, string>
/** 2026-03-01 09:00 UTC */
export const now = Date.UTC(2026, 2, 1, 9)

/** A gateway to `origin`, under the path that Cloudflare's API has. */
export function gatewayTo(origin: string, options: Partial<GatewayOptions> = {}): FleetApi {
  return openGateway({
    baseUrl: `${origin}/client/v4`,
    accountId,
    fetch: globalThis.fetch,
    token: (role) => Promise.resolve(succeed(tokens[role])),
    now: () => now,
    ...options,
  })
}

export const readOverride: ApiRequest = { kind: 'readOverride' }
export const disconnect: ApiRequest = {
  kind: 'switchOverride',
  disconnect: true,
  justification: 'fleetlight/1 id=0 revert=hand inc=- | DNS is down',
}

function callOf(request: ApiRequest, token: TokenRole = 'watch'): Call {
  return { id: 1, lane: 'detail', token, request }
}

export async function ask(api: FleetApi, request: ApiRequest, token?: TokenRole): Promise<CallOutcome> {
  return api.send(callOf(request, token))
}

/** What came of one request: the answer's value, or the failure. */
export async function outcomeOf(api: FleetApi, request: ApiRequest): Promise<unknown> {
  const { result } = await ask(api, request)
  return result.ok ? result.value.value : result.failure
}
