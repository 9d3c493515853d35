import type { EpochMs } from '../engine/failure.ts'

const pattern = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?))?\s?(Z|[+-]\d{2}(?::?\d{2})?)?$/i

/**
 * Reads ISO 8601 and what DEX really sends, Postgres style ("2023-07-16 15:00:00+00"). Without a zone it is UTC.
 * Null for anything else: Date.parse alone takes far too much ("5" is a day in 2001).
 */
export function parseTimestamp(text: string): EpochMs | null {
  const match = pattern.exec(text.trim())
  if (match === null) return null
  const [, day, time = '00:00', zone = 'Z'] = match
  const at = Date.parse(`${day ?? ''}T${time}${isoZone(zone.toUpperCase())}`)
  return Number.isNaN(at) ? null : at
}

function isoZone(zone: string): string {
  if (zone === 'Z') return zone
  const digits = zone.slice(1).replace(':', '').padEnd(4, '0')
  return `${zone.slice(0, 1)}${digits.slice(0, 2)}:${digits.slice(2)}`
}
