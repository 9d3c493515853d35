import { fail, succeed, type Result } from '../engine/failure.ts'
import type { TokenRole } from '../engine/model.ts'
import type { SecretFailure } from '../engine/ports.ts'
import { explainMissingToken } from './words.ts'

export interface TokenSource {
  /** The token of a role, for one call. */
  readonly token: (role: TokenRole) => Promise<Result<string>>
  /** Forgets what is held, so that the next call reads the keychain again. */
  readonly reread: () => void
}

/**
 * Where the gateway gets its tokens. The watch token is read once and kept for the life of the connection, since it is
 * needed every few seconds; the act token is read for one act and dropped again.
 */
export function openTokenSource(
  read: (role: TokenRole) => Promise<Result<string | null, SecretFailure>>,
  heldIn: () => 'keychain' | 'memory',
): TokenSource {
  let watchToken: Promise<Result<string>> | null = null

  const find = async (role: TokenRole): Promise<Result<string>> => {
    const stored = await read(role)
    if (stored.ok && stored.value !== null) return succeed(stored.value)
    return fail({ kind: 'noToken', detail: explainMissingToken(stored.ok ? null : stored.failure, heldIn()) })
  }

  return {
    token: async (role) => {
      if (role === 'act') return find('act')
      const reading = (watchToken ??= find('watch'))
      const result = await reading
      if (!result.ok && watchToken === reading) watchToken = null
      return result
    },
    reread: () => {
      watchToken = null
    },
  }
}
