import type Database from 'libsql'
import { z } from 'zod'

import type { EpochMs } from '../engine/failure.ts'
import { select } from './database-file.ts'
import { connectedValue, dimensionBit, minuteMs } from './fleet-schema.ts'
import type { Remembered } from './messages.ts'

const recentMs = 30 * minuteMs
const weekMs = 7 * 24 * 60 * minuteMs
const weekPoints = 700

const connectedRow = z.object({ at: z.int(), connected: z.int() })
const slotRow = connectedRow.extend({ slot: z.int() })

/** What the engine needs to know of the time before it started. */
export function rememberFleet(db: Database.Database, now: EpochMs): Remembered {
  const [newest] = select(db, z.object({ at: z.int() }), 'SELECT asOf AS at FROM reading ORDER BY minute DESC LIMIT 1')
  return {
    recentConnected: select(
      db,
      connectedRow,
      `SELECT asOf AS at, connected FROM reading
       WHERE minute >= ? AND asOf BETWEEN ? AND ? AND connected IS NOT NULL ORDER BY minute`,
      [Math.floor((now - recentMs) / minuteMs), now - recentMs, now],
    ),
    lastWeek: lastWeek(db, now),
    watchedUntil: newest?.at ?? null,
  }
}

/**
 * The connected counts of the last seven days at their real times. Of each slot the highest is taken: what is expected
 * must not shrink because a week ago something was briefly broken.
 */
function lastWeek(db: Database.Database, now: EpochMs): Remembered['lastWeek'] {
  const from = now - weekMs
  const slotMs = Math.ceil(weekMs / (weekPoints - 1))
  const history = select(
    db,
    slotRow,
    `SELECT (at - ?1) / ?2 AS slot, at, MAX(connected) AS connected FROM (
       SELECT at, SUM(CASE WHEN lower(value.text) = ?3 THEN count ELSE 0 END) AS connected
       FROM history JOIN value ON value.id = history.value
       WHERE dimension = ?4 AND at BETWEEN ?1 AND ?5 GROUP BY at)
     GROUP BY slot`,
    [from, slotMs, connectedValue, dimensionBit.status, now],
  )
  const own = select(
    db,
    slotRow,
    `SELECT (asOf - ?1) / ?2 AS slot, asOf AS at, MAX(connected) AS connected FROM reading
     WHERE asOf BETWEEN ?1 AND ?3 AND connected IS NOT NULL GROUP BY slot`,
    [from, slotMs, now],
  )
  const bySlot = new Map([...history, ...own].map((row) => [row.slot, row]))
  return [...bySlot.values()].sort((a, b) => a.slot - b.slot).map(({ at, connected }) => ({ at, connected }))
}
