import { expect, test } from 'vitest'

import { cloudflareAddress, decideApiAddress } from '../../main/desktop/api-address.ts'

const loopback = 'http://127.0.0.1:8080/client/v4'

test('without a wish it is Cloudflare', () => {
  for (const wish of [undefined, '']) {
    expect(decideApiAddress(wish, false)).toEqual({ address: 'https://api.cloudflare.com/client/v4', warning: null })
  }
})

test('a packaged app follows no wish', () => {
  const { address, warning } = decideApiAddress(loopback, true)
  expect(address).toBe(cloudflareAddress)
  expect(warning).toMatch(/not followed/)
})

test.each([
  [loopback, loopback],
  [`${loopback}///`, loopback],
  ['http://localhost:1/x', 'http://localhost:1/x'],
  ['http://[::1]:9/x', 'http://[::1]:9/x'],
  ['http://127.1:9/x', 'http://127.0.0.1:9/x'],
])('unpackaged, %s is this machine', (wish, address) => {
  expect(decideApiAddress(wish, false)).toEqual({ address, warning: null })
})

test.each([
  'https://evil.example/client/v4',
  'http://127.0.0.1.evil.example/x',
  'http://127.0.0.1@evil.example/x',
  'http://user:pw@127.0.0.1/x',
  'http://localhost.evil.example',
  'http://0.0.0.0/x',
  'http://128.0.0.1/x',
  'http://[::2]/x',
  'ftp://127.0.0.1/x',
  'file:///127.0.0.1',
  'http://127.0.0.1/x?y=1',
  'http://127.0.0.1/x#y',
  '127.0.0.1:8080',
  'nonsense',
])('%s is never followed, and that is said', (wish) => {
  const { address, warning } = decideApiAddress(wish, false)
  expect(address).toBe(cloudflareAddress)
  expect(warning).toMatch(/^FLEETLIGHT_API_URL is not followed: /)
})
