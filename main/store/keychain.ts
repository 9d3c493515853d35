import { fail, type Result, succeed } from '../engine/failure.ts'
import type { TokenRole } from '../engine/model.ts'
import type { Keychain, SecretFailure } from '../engine/ports.ts'

/** What we use of keytar. */
interface Keytar {
  getPassword(service: string, account: string): Promise<string | null>
  setPassword(service: string, account: string, secret: string): Promise<void>
  deletePassword(service: string, account: string): Promise<boolean>
}

/** The system's keychain, which can keep a thread of this process for as long as it likes. */
export interface SystemKeychain extends Keychain {
  /** Whether it has a thread now: such a process cannot end in an orderly way, since that waits for its threads. */
  isBusy(): boolean
}

/**
 * The name of a token's entry. It holds the address that the token was entered for, so that under another address the
 * token is not even found.
 */
export function keychainAccount(address: string, accountId: string, role: TokenRole): string {
  return `${role}@${address.replace(/\/+$/, '')}#${accountId}`
}

/**
 * The keychain of the system: Secret Service on Linux, Keychain on macOS, Credential Manager on Windows.
 * A call fails as `silent` after `deadlineMs`, also when it only waited for its turn. Calls take turns: a keychain that
 * waits for a person holds on to a thread of the pool that files and names need too, so it must never get a second one.
 */
export function openKeychain({ service = 'Fleetlight', deadlineMs = 5000 } = {}): SystemKeychain {
  let isBusy = false
  let keytar: Promise<Keytar> | null = null
  let turn: Promise<unknown> = Promise.resolve()

  const ask = <T>(question: (keytar: Keytar) => Promise<T>): Promise<Result<T, SecretFailure>> => {
    let isLate = false
    const answer = turn.then(async () => {
      if (isLate) return silence(deadlineMs)
      isBusy = true
      try {
        return succeed(await question(await (keytar ??= loadKeytar())))
      } catch (error) {
        return refusal(error)
      } finally {
        isBusy = false
      }
    })
    turn = answer
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        isLate = true
        resolve(silence(deadlineMs))
      }, deadlineMs)
      void answer.then((result) => {
        clearTimeout(timer)
        resolve(result)
      })
    })
  }

  return {
    isBusy: () => isBusy,
    read: (account) =>
      ask(async (system) => {
        const secret = await system.getPassword(service, account)
        if (secret === null) await proveOpen(system, service)
        return secret
      }),
    write: (account, secret) =>
      ask(async (system) => {
        await system.setPassword(service, account, secret)
        return null
      }),
    forget: (account) =>
      ask(async (system) => {
        if (!(await system.deletePassword(service, account))) await proveOpen(system, service)
        return null
      }),
  }
}

/**
 * Rejects if the keychain is locked. Where a person sent its prompt away, libsecret answers "no such entry" to a
 * reading and "nothing to delete" to a deletion, with the entry still there; only writing tells the truth.
 * Not with keytar's findCredentials: that crashes the process when it meets a locked entry.
 */
async function proveOpen(keytar: Keytar, service: string): Promise<void> {
  if (process.platform !== 'linux') return
  await keytar.setPassword(service, 'writing works', 'yes')
  await keytar.deletePassword(service, 'writing works')
}

/** Loaded at first use: where the system's library is missing the app starts all the same and says so. */
async function loadKeytar(): Promise<Keytar> {
  return (await import('keytar')).default
}

function refusal(error: unknown) {
  const detail = error instanceof Error ? error.message : String(error)
  return fail<SecretFailure>({ kind: 'absent', detail: detail.slice(0, 200) })
}

function silence(deadlineMs: number) {
  const detail = `The keychain did not answer within ${deadlineMs / 1000} s. It may be locked and waiting for its password.`
  return fail<SecretFailure>({ kind: 'silent', detail })
}
