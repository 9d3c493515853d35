import type { EpochMs } from '../failure.ts'
import type { Incident } from './incident.ts'

/** Crockford's base 32: nothing in it is mistaken for something else when read aloud. */
const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** `INC-` and six characters. The same kind and onset give the same id, also after a restart. */
export function incidentId(kind: Incident['kind'], onset: EpochMs): string {
  let hash = 0x811c9dc5
  for (const character of `${kind} ${String(onset)}`) hash = Math.imul(hash ^ character.charCodeAt(0), 0x01000193)
  // FNV spreads its last characters over the low bits only; fold them into all that is used.
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d)
  hash ^= hash >>> 13
  const characters = [0, 5, 10, 15, 20, 25].map((shift) => letters[(hash >>> shift) & 31])
  return `INC-${characters.join('')}`
}
