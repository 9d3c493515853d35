import { z } from 'zod'

import type { DemoToken } from '../account/tokens.ts'
import { operation } from '../wire/operation.ts'
import { refuse, refuseUnknownToken, succeed } from '../wire/reply.ts'

const noQuery = z.strictObject({})

/** Verifying a token of a person. Account-owned tokens are reported to be refused here, with 401 or with 403. */
export const verifyUserToken = operation({
  id: 'user-api-tokens-verify-token',
  method: 'GET',
  path: '/user/tokens/verify',
  area: 'core',
  groups: [],
  query: noQuery,
  examples: () => [{ query: {} }],
  answer: ({ account, token }) => {
    if (token.owner === 'user') return verdict(token)
    return account.switches.accountTokenAtUserVerify === 401
      ? refuseUnknownToken()
      : refuse(403, 9109, 'Valid user-level authentication not found')
  },
})

/** Verifying a token of the account. That it does not know tokens of people is assumed. */
export const verifyAccountToken = operation({
  id: 'account-api-tokens-verify-token',
  method: 'GET',
  path: '/accounts/{account_id}/tokens/verify',
  area: 'core',
  groups: [],
  query: noQuery,
  examples: () => [{ as: 'account', query: {} }],
  answer: ({ token }) => (token.owner === 'account' ? verdict(token) : refuseUnknownToken()),
})

/** Code 10000 among the messages is documented to mean success. Nothing is said of permissions. */
function verdict({ id, status, expiresOn }: DemoToken) {
  const expiry = expiresOn === null ? {} : { expires_on: new Date(expiresOn).toISOString() }
  const messages = status === 'active' ? [{ code: 10000, message: 'This API Token is valid and active' }] : []
  return succeed({ id, status, ...expiry }, undefined, messages)
}
