import { z } from 'zod'

import { fail, succeed } from '../engine/failure.ts'
import type { Failure, Result } from '../engine/failure.ts'
import type { TokenVerdict } from '../engine/model.ts'
import type { Conversation } from './conversation.ts'
import { decode, timestampSchema } from './decode.ts'
import { permissionOf } from './permissions.ts'
import { plainLine } from './plain-text.ts'

export type TokenOwner = TokenVerdict['owner']

const verdictSchema = z.looseObject({
  id: z.string().transform((text) => plainLine(text, 64)),
  status: z.string().transform((text) => plainLine(text, 32).toLowerCase()),
  // A date that cannot be read must not pass for "never expires".
  expires_on: timestampSchema.nullish(),
})

/** Asks the place that knows tokens of this owner. */
export async function verifyAs(
  owner: TokenOwner,
  conversation: Conversation,
  accountId: string,
): Promise<Result<TokenVerdict>> {
  const content = await conversation.ask(permissionOf.verifyToken, (client) =>
    owner === 'user' ? client.user.tokens.verify() : client.accounts.tokens.verify({ account_id: accountId }),
  )
  if (!content.ok) return content
  const verdict = decode(verdictSchema, content.value.result, 'result')
  if (!verdict.ok) return verdict
  const { id, status, expires_on: expiresOn } = verdict.value
  return succeed({ tokenId: id, status, expiresOn: expiresOn ?? null, owner })
}

/**
 * Verifies a token of either owner: an account's token is refused (401 or 403) where users' tokens are verified, and the
 * other way round, so the second place is asked too. `first` is where it is expected.
 */
export async function verifyToken(
  conversation: Conversation,
  accountId: string,
  first: TokenOwner,
): Promise<Result<TokenVerdict>> {
  const expected = await verifyAs(first, conversation, accountId)
  if (expected.ok || !isRefused(expected.failure)) return expected
  const other = await verifyAs(first === 'user' ? 'account' : 'user', conversation, accountId)
  if (other.ok || !isRefused(other.failure)) return other
  return fail({ kind: 'unauthorized', detail: expected.failure.detail })
}

/** Whether this place does not know the token, or does not take tokens of its kind. */
export function isRefused(failure: Failure): boolean {
  return failure.kind === 'unauthorized' || failure.kind === 'forbidden' || failure.kind === 'rejected'
}
