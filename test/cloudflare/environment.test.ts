import { afterEach, expect, test, vi } from 'vitest'

import { checkToken } from '../../main/cloudflare/check.ts'
import { accountId, ask, disconnect, gatewayTo, readOverride, tokens } from './asking.ts'
import { serve } from './server.ts'
import type { Received } from './server.ts'
import { answered, override } from './situations.ts'

afterEach(() => {
  vi.unstubAllEnvs()
  vi.restoreAllMocks()
})

async function everything(): Promise<readonly Omit<Received, 'connection'>[]> {
  const { origin, received } = await serve(override(true))
  const api = gatewayTo(origin)
  await ask(api, readOverride)
  await ask(api, disconnect)
  await ask(api, { kind: 'verifyToken' })
  const listing = await serve(answered({ id: 'ed17574386854bf7', status: 'active', expires_on: null }), answered([]))
  const baseUrl = `${listing.origin}/client/v4`
  await checkToken({ baseUrl, fetch, token: tokens.watch, account: accountId, now: () => 0 })
  const ports = /127\.0\.0\.1:\d+/g
  return [...received, ...listing.received].map(({ method, url, headers, body }) => {
    return { method, url, headers: { ...headers, host: headers.host?.replace(ports, 'host') }, body }
  })
}

test('no variable of the environment changes what is sent, or to where, or is logged', async () => {
  const elsewhere = await serve(override(false))
  const plain = await everything()
  const written = (['debug', 'info', 'warn', 'error', 'log'] as const).map((level) =>
    vi.spyOn(console, level).mockImplementation(() => undefined),
  )
  vi.stubEnv('CLOUDFLARE_BASE_URL', elsewhere.origin)
  vi.stubEnv('CLOUDFLARE_API_TOKEN', 'from-the-environment')
  vi.stubEnv('CLOUDFLARE_API_KEY', 'key-from-the-environment')
  vi.stubEnv('CLOUDFLARE_EMAIL', 'somebody@example.com')
  vi.stubEnv('CLOUDFLARE_API_USER_SERVICE_KEY', 'v1.0-service')
  vi.stubEnv('CLOUDFLARE_CUSTOM_HEADERS', 'Authorization: Bearer other\nX-Extra: 1\nno header: 2\nHost: evil.example')
  vi.stubEnv('CLOUDFLARE_LOG', 'debug')
  expect(await everything()).toEqual(plain)
  expect(plain.length).toBeGreaterThan(5)
  expect(elsewhere.received).toEqual([])
  expect(written.flatMap(({ mock }) => mock.calls)).toEqual([])
})
