import type { StoredConnection } from './ports.ts'
import { refuse } from './words.ts'

type Refusal = ReturnType<typeof refuse>

export function refuseUnknown(): Refusal {
  return refuse('unknown', 'There is no such connection any more. Open Settings again to see what there is.')
}

/** The answer to a switch that is on its way would come to nobody. */
export function refuseWhileSwitching(): Refusal {
  return refuse(
    'switching',
    'A switch is on its way to Cloudflare at this moment. Wait for its result, a few seconds, then try again.',
  )
}

/** Tokens are bound to the address that they were entered for: no other is ever asked with them. Null: it is this one. */
export function refuseElsewhere(connection: StoredConnection, address: string): Refusal | null {
  if (connection.address === address) return null
  return refuse(
    'otherAddress',
    `${connection.accountName} was connected at ${connection.address}, which this Fleetlight does not use, so its tokens are sent nowhere. Connect the account anew, or forget it.`,
  )
}
