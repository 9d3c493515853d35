import { boundText } from '../wording.ts'
import type { Act } from './act.ts'

/** Longest justification that we send; Cloudflare documents no limit, so it is kept to one readable line. */
const maxLength = 400

/**
 * The justification that goes with the POST and surfaces in Cloudflare's audit log, one line of at most 400
 * characters: `fleetlight/1 id=<uuid> revert=<UTC or hand> inc=<id or -> | <reason>`.
 */
export function justify(act: Act, revertUtc: string | null): string {
  const head = `fleetlight/1 id=${act.id} revert=${revertUtc ?? 'hand'} inc=${act.incident ?? '-'} | `
  return head + boundText(act.reason, maxLength - head.length)
}

const uuid = /^fleetlight\/1 id=([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}) /

/** The id of the act that a justification names; null when it is not one of Fleetlight's. */
export function actIdIn(justification: string | null): string | null {
  return uuid.exec(justification ?? '')?.[1] ?? null
}
