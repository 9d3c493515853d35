import type { Connection } from '../../main/engine/model.ts'
import { formatDuration } from './times.ts'

/** From here on the end of a token is shown all the time; the engine tells of it at 14, 3 and 1 days. */
const soonMs = 14 * 86_400_000

/** "Token ends in 3 d"; null: none ends soon. */
export function describeExpiry({ expiresOn }: Connection, now: number): string | null {
  const { watch, act } = expiresOn
  const isActFirst = act !== null && (watch === null || act < watch)
  const end = isActFirst ? act : watch
  if (end === null || end - now > soonMs) return null
  const name = isActFirst ? 'Act token' : 'Token'
  return end <= now ? `${name} has ended` : `${name} ends in ${formatDuration(end - now)}`
}
