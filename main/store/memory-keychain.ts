import { succeed } from '../engine/failure.ts'
import type { Keychain } from '../engine/ports.ts'
import { Secret } from './secret.ts'

/** Holds tokens until quit, for those whose keychain cannot be used. Nothing of it is ever written anywhere. */
export function openMemoryKeychain(): Keychain {
  const held = new Map<string, Secret>()
  return {
    read: (account) => Promise.resolve(succeed(held.get(account)?.reveal() ?? null)),
    write: (account, secret) => {
      held.set(account, new Secret(secret))
      return Promise.resolve(succeed(null))
    },
    forget: (account) => {
      held.delete(account)
      return Promise.resolve(succeed(null))
    },
  }
}
