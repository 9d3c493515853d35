import type { IncomingHttpHeaders } from 'node:http'

import type { DemoTokenRole } from '../account/tokens.ts'

/** A request that the account received, without its secret. */
export interface ReceivedRequest {
  /** By the account's clock. */
  readonly at: number
  readonly method: string
  /** Under the base address. */
  readonly path: string
  readonly query: Readonly<Record<string, readonly string[]>>
  /** Without authorization. */
  readonly headers: Readonly<Record<string, string>>
  /** As it came, if it was JSON; else as text; null: none. */
  readonly body: unknown
  /** Whose token it came with; null: of nobody known. */
  readonly role: DemoTokenRole | null
  /** The operation that it led to. */
  readonly operation: string | null
  /** The status answered; null: none, the connection was cut or left hanging. */
  readonly status: number | null
}

/** The newest requests; older ones are forgotten. */
const most = 5000

/** What the account has received, for tests and the contract check to read. */
export class Journal {
  readonly #requests: ReceivedRequest[] = []

  add(request: ReceivedRequest): void {
    this.#requests.push(request)
    if (this.#requests.length > most) this.#requests.splice(0, most / 4)
  }

  requests(): readonly ReceivedRequest[] {
    return [...this.#requests]
  }
}

/** Headers that may be kept: what authorizes is left out. */
export function keepHeaders(headers: IncomingHttpHeaders): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(headers)
      .filter(([name]) => name !== 'authorization')
      .map(([name, value]) => [name, String(value)]),
  )
}
