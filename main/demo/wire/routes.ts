import type { Account } from '../account/account.ts'
import { operations } from '../operations.ts'
import type { Operation } from './operation.ts'
import type { Reply } from './reply.ts'
import { refuseAccess, refuseIdentifier, refuseRoute } from './reply.ts'

/** The version in front of every path. */
export const basePath = '/client/v4'

/** Where a request leads, or why nowhere. A path of another account is told apart after the token has been looked at. */
export function route(
  account: Account,
  method: string,
  path: string,
): { readonly operation: Operation; readonly foreign: Reply | null } | { readonly refusal: Reply } {
  const inner = path.startsWith(`${basePath}/`) ? path.slice(basePath.length) : null
  if (inner === null) return { refusal: refuseRoute(method, path) }
  const [, given] = /^\/accounts\/([^/]+)\//.exec(inner) ?? []
  const template = given === undefined ? inner : inner.replace(`/accounts/${given}/`, '/accounts/{account_id}/')
  const operation = operations.find((one) => one.method === method && one.path === template)
  if (operation === undefined) return { refusal: refuseRoute(method, inner) }
  if (given !== undefined && !/^[0-9a-f]{32}$/.test(given)) return { refusal: refuseIdentifier(inner) }
  const isOwn = given === undefined || given === account.id
  return { operation, foreign: isOwn ? null : refuseAccess('core') }
}
