import { BaseAccounts } from 'cloudflare/resources/accounts/accounts'
import { BaseAudit } from 'cloudflare/resources/accounts/logs/audit'
import { BaseTokens as BaseAccountTokens } from 'cloudflare/resources/accounts/tokens/tokens'
import { BaseTokens as BaseUserTokens } from 'cloudflare/resources/user/tokens/tokens'
import { BaseDevices as BasePhysicalDevices } from 'cloudflare/resources/zero-trust/devices/devices_'
import { BaseGlobalWARPOverride } from 'cloudflare/resources/zero-trust/devices/resilience/global-warp-override'
import { BaseSettings } from 'cloudflare/resources/zero-trust/devices/settings'
import { BaseFleetStatus } from 'cloudflare/resources/zero-trust/dex/fleet-status/fleet-status'
import { createClient } from 'cloudflare/tree-shakable'

/** The SDK would send today's date, so that answers could change from one day to the next. */
export const apiVersion = '2026-10-02'

/**
 * Cloudflare's SDK as the writer of requests: paths, queries and bodies are its own. Everything that it would otherwise
 * read from the environment (CLOUDFLARE_BASE_URL, _API_TOKEN, _API_KEY, _EMAIL, _API_USER_SERVICE_KEY, _LOG) is given
 * here. It never holds the token: `fetch` puts it on.
 */
export function openClient(baseUrl: string, fetch: typeof globalThis.fetch, timeoutMs: number) {
  const client = createClient({
    baseURL: baseUrl,
    apiToken: 'put on by the gateway',
    apiKey: null,
    apiEmail: null,
    userServiceKey: null,
    apiVersion,
    maxRetries: 0,
    timeout: timeoutMs,
    logLevel: 'off',
    fetch,
    resources: [
      BaseAccounts,
      BaseAccountTokens,
      BaseAudit,
      BaseUserTokens,
      BasePhysicalDevices,
      BaseGlobalWARPOverride,
      BaseSettings,
      BaseFleetStatus,
    ],
  })
  forgetCustomHeaders(client)
  return client
}

/**
 * The constructor also takes CLOUDFLARE_CUSTOM_HEADERS, which no option can refuse: a name in it that is no header's
 * would make every request throw. The environment itself is left alone, for other threads of Electron read it.
 */
function forgetCustomHeaders(client: object): void {
  const options: unknown = Reflect.get(client, '_options')
  if (typeof options === 'object' && options !== null) Reflect.set(options, 'defaultHeaders', {})
}

export type Client = ReturnType<typeof openClient>
