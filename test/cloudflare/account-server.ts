import { accountId } from './asking.ts'
import { serve } from './server.ts'
import type { Server, Situation } from './server.ts'
import { answered, refused } from './situations.ts'

const verdict = { id: 'ed17574386854bf78a67040be0a770b0', status: 'active' }
/** What a token that may read everything, and belongs to a user, is answered at each path. */
const allowed: Readonly<Record<string, Situation>> = {
  '/user/tokens/verify': answered({ ...verdict, expires_on: '2026-12-31T00:00:00Z' }),
  '/accounts': answered([{ id: accountId, name: 'Example Corp', settings: {} }]),
  [`/accounts/${accountId}/tokens/verify`]: answered(verdict),
  [`/accounts/${accountId}/dex/fleet-status/live`]: answered({ deviceStats: { uniqueDevicesTotal: 3 } }),
  [`/accounts/${accountId}/devices/resilience/disconnect`]: answered({ disconnect: false }),
  [`/accounts/${accountId}/devices/physical-devices`]: answered([], { cursor: '' }),
  [`/accounts/${accountId}/devices/settings`]: answered({ gateway_proxy_enabled: true }),
  [`/accounts/${accountId}/logs/audit`]: answered([], { cursor: '' }),
}
const base = '/client/v4'

/** An account with one token; `changes` says what is answered elsewise, by the end of the path. */
export async function serveAccount(changes: Readonly<Record<string, Situation>> = {}): Promise<Server> {
  return serve((response, request) => {
    const path = new URL(request.url ?? '', 'http://localhost').pathname.slice(base.length)
    const change = Object.keys(changes).find((end) => path.endsWith(end))
    const situation = change === undefined ? allowed[path] : changes[change]
    const noRoute = refused(404, 7003, `Could not route to ${path}, perhaps your object identifier is invalid?`)
    ;(situation ?? noRoute)(response, request)
  })
}
