import type { Account } from '../account/account.ts'
import { findToken, isTokenShaped } from '../account/tokens.ts'
import type { DemoToken } from '../account/tokens.ts'
import type { Operation } from './operation.ts'
import type { Reply } from './reply.ts'
import { refuse, refuseAccess, refuseMalformedToken, refuseUnknownToken } from './reply.ts'

type Authorized = { readonly token: DemoToken } | { readonly refusal: Reply }

/** Whose request it is, from its Authorization header alone. `token` is undefined for one that nobody has. */
export function readToken(account: Account, header: string | undefined) {
  if (header === undefined) {
    // Known from many places, not documented.
    return { refusal: refuse(400, 9106, 'Missing X-Auth-Key, X-Auth-Email or Authorization headers') }
  }
  const [scheme, secret = ''] = header.split(' ')
  if (scheme?.toLowerCase() !== 'bearer' || !isTokenShaped(secret)) return { refusal: refuseMalformedToken() }
  return { token: findToken(account.tokens, secret, account.clock.now()) }
}

/** Whether a token may do an operation; where tokens are verified, those that no longer work are told of as such. */
export function authorize(operation: Operation, token: DemoToken | undefined): Authorized {
  const isVerification = operation.path.endsWith('/tokens/verify')
  if (token === undefined) return { refusal: isVerification ? refuseUnknownToken() : refuseAccess(operation.area) }
  if (isVerification) return { token }
  const isAllowed =
    token.status === 'active' &&
    (operation.groups.length === 0 || operation.groups.some((group) => token.groups.includes(group)))
  return isAllowed ? { token } : { refusal: refuseAccess(operation.area) }
}
