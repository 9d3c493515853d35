import type { ShellFacts } from '../../preload/contract-types.ts'
import type { Result } from '../engine/failure.ts'
import type { Keychain, SecretFailure } from '../engine/ports.ts'

/** The same keychain, telling after each use whether it worked, so that the windows can say so. */
export function observeKeychain(keychain: Keychain, onUse: (seen: ShellFacts['keychain']) => void): Keychain {
  const observe = async <T>(use: Promise<Result<T, SecretFailure>>): Promise<Result<T, SecretFailure>> => {
    const result = await use
    onUse(result.ok ? { kind: 'working', detail: '' } : result.failure)
    return result
  }
  return {
    read: (account) => observe(keychain.read(account)),
    write: (account, secret) => observe(keychain.write(account, secret)),
    forget: (account) => observe(keychain.forget(account)),
  }
}
