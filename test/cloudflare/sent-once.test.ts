import { setImmediate as connectionIsIdle } from 'node:timers/promises'

import { expect, test } from 'vitest'

import { ask, disconnect, gatewayTo, readOverride } from './asking.ts'
import { serve } from './server.ts'
import type { Situation } from './server.ts'
import * as situations from './situations.ts'

const posts: readonly (readonly [string, Situation])[] = [
  ...[401, 403, 408, 409, 421, 425, 429, 500, 502, 503, 504].map(
    (status) => [`a ${status}`, situations.json(status, {}, { 'x-should-retry': 'true', 'retry-after': '0' })] as const,
  ),
  ['a cut', situations.cutBeforeAnswer],
  ['a reset', situations.resetBeforeAnswer],
  ['a cut in the body', situations.cutInBody(200)],
  ['gibberish', situations.gibberish],
  ['a redirect', situations.redirect(307, '/client/v4/again')],
]

test.each(posts)('a switch is sent once: %s on a new connection', async (_, situation) => {
  const { origin, received } = await serve(situation, situations.override(true))
  await ask(gatewayTo(origin), disconnect)
  expect(received.map(({ method }) => method)).toEqual(['POST'])
})

/** Where browsers send again: the server may only have closed a connection that lay idle. */
test.each(posts)('a switch is sent once: %s on a connection that was used before', async (_, situation) => {
  const { origin, received } = await serve(situations.overrideOff, situation, situations.override(true))
  const api = gatewayTo(origin)
  await ask(api, readOverride)
  await connectionIsIdle()
  await ask(api, disconnect)
  expect(received.map(({ method, connection }) => `${method} ${connection}`)).toEqual(['GET 1', 'POST 1'])
})

test.each(posts.filter(([name]) => name !== 'a 421'))('a reading is sent once: %s', async (_, situation) => {
  const { origin, received } = await serve(situations.overrideOff, situation, situations.overrideOff)
  const api = gatewayTo(origin)
  await ask(api, readOverride)
  await connectionIsIdle()
  await ask(api, readOverride)
  expect(received).toHaveLength(2)
})

test('the body of a switch is announced by its length, as servers expect it', async () => {
  const { origin, received } = await serve(situations.override(true))
  await ask(gatewayTo(origin), { kind: 'switchOverride', disconnect: true, justification: 'naïve – 東京' })
  const [{ headers, body } = { headers: {}, body: '' }] = received
  expect(headers['transfer-encoding']).toBeUndefined()
  expect(headers['content-length']).toBe(String(Buffer.byteLength(body)))
  expect(JSON.parse(body)).toEqual({ disconnect: true, justification: 'naïve – 東京' })
})
