import type { Account } from '../account/account.ts'
import type { DemoToken } from '../account/tokens.ts'
import type { RequestFault } from '../faults.ts'
import { troubleAt } from '../scenarios.ts'

/** What a fault can be chosen by. */
interface Request {
  readonly method: string
  readonly operation: string | null
  readonly token: DemoToken | null
}

/** Where faults come from: one that was set, else a trouble of the account. */
export class FaultSource {
  readonly #account: Account
  #fault: RequestFault | null = null
  #failures = 0

  constructor(account: Account) {
    this.#account = account
  }

  set(fault: RequestFault | null): void {
    this.#fault = fault
  }

  /** The fault that a request meets; one for only so many requests is then used up by one. */
  take(request: Request): RequestFault | null {
    const fault = this.#fault
    if (fault === null || !concerns(fault, request)) return this.#ofTroubles(request)
    if (fault.times !== undefined) this.#fault = fault.times > 1 ? { ...fault, times: fault.times - 1 } : null
    return fault
  }

  #ofTroubles({ token }: Request): RequestFault | null {
    const at = this.#account.clock.lived()
    const { troubles } = this.#account
    const blocked = troubleAt(troubles, 'rate-limited', at)
    // Somebody's script has used up the person's limit; the account's own tokens have limits of their own.
    if (blocked !== null && token?.owner === 'user') {
      const leftMs = (blocked.until ?? at + 300_000) - at
      return { kind: 'rateLimited', retryAfterSeconds: Math.ceil(leftMs / 1000) }
    }
    if (troubleAt(troubles, 'api-down', at) === null) return null
    this.#failures += 1
    // A failing edge answers in more than one way (assumed).
    if (this.#failures % 3 === 0) return { kind: 'cut' }
    return { kind: 'serverError', status: this.#failures % 3 === 1 ? 503 : 502 }
  }
}

function concerns(fault: RequestFault, { method, operation, token }: Request): boolean {
  return (
    (fault.method === undefined || fault.method === method) &&
    (fault.operations === undefined || (operation !== null && fault.operations.includes(operation))) &&
    (fault.kind !== 'forbidden' || fault.role === undefined || fault.role === token?.role)
  )
}
