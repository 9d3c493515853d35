import { format, inspect } from 'node:util'

import { expect, test } from 'vitest'

import { Secret } from '../../main/store/secret.ts'

test('a secret is given away by reveal only', () => {
  const secret = new Secret('s3cret-token')
  const wrapped = { headers: [{ secret }], map: new Map([[secret, secret]]) }
  const shown = [
    String(secret),
    JSON.stringify(wrapped),
    inspect(wrapped, { depth: 9, showHidden: true, getters: true }),
    format('%s %o %O %j', secret, secret, secret, secret),
    Object.values(secret).join(),
    new Error('with', { cause: secret }).stack,
  ]
  expect(shown.join()).not.toContain('s3cret')
  expect(String(secret)).toBe('••••')
  expect(secret.reveal()).toBe('s3cret-token')
})
