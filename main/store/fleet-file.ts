import type Database from 'libsql'
import { z } from 'zod'

import type { ActivityEntry } from '../engine/events.ts'
import type { EpochMs } from '../engine/failure.ts'
import { type Count, dimensions, type FleetReading, type HistoryPoint } from '../engine/model.ts'
import { inTransaction, select } from './database-file.ts'
import { activityRows, connectedValue, dimensionBit, minuteMs, retentionMs } from './fleet-schema.ts'

const valueLength = 100
const activityPage = 200

const activityRow = z.object({
  at: z.int(),
  kind: z.enum(['saw', 'did', 'failed', 'told']),
  tone: z.enum(['well', 'degraded', 'critical', 'override', 'information', 'stale']),
  text: z.string(),
})

/** Keeps a reading as the sample of its minute, in place of an earlier one of the same minute. */
export function recordReading(db: Database.Database, { summary, windowMinutes, asOf }: FleetReading): void {
  const minute = Math.floor(asOf / minuteMs)
  const groups = dimensions.reduce((bits, one) => bits | (summary.by[one] === null ? 0 : dimensionBit[one]), 0)
  inTransaction(db, () => {
    db.prepare('INSERT OR REPLACE INTO reading VALUES (?, ?, ?, ?, ?, ?)').run(
      minute,
      asOf,
      windowMinutes,
      summary.total,
      countConnected(summary.by.status),
      groups,
    )
    for (const dimension of dimensions) {
      const bit = dimensionBit[dimension]
      db.prepare('DELETE FROM sample WHERE dimension = ? AND minute = ?').run(bit, minute)
      insertCounts(db, 'sample', bit, minute, summary.by[dimension] ?? [])
    }
  })
}

/** Keeps what Cloudflare says about earlier times, in place of what it said before about the same times. */
export function recordHistoryPoints(db: Database.Database, points: readonly HistoryPoint[]): void {
  inTransaction(db, () => {
    for (const dimension of ['status', 'mode'] as const) {
      const bit = dimensionBit[dimension]
      const ofDimension = points.filter((point) => point.dimension === dimension)
      for (const at of new Set(ofDimension.map((point) => point.at))) {
        db.prepare('DELETE FROM history WHERE dimension = ? AND at = ?').run(bit, at)
      }
      for (const point of ofDimension) insertCounts(db, 'history', bit, point.at, [point])
    }
  })
}

/** Adds a line of activity; beyond a bound the oldest give way. */
export function recordActivityEntry(db: Database.Database, { at, kind, tone, text }: ActivityEntry): void {
  inTransaction(db, () => {
    db.prepare('INSERT INTO activity (at, kind, tone, text) VALUES (?, ?, ?, ?)').run(at, kind, tone, text)
    db.prepare('DELETE FROM activity WHERE seq <= (SELECT MAX(seq) FROM activity) - ?').run(activityRows)
  })
}

/** Newest first, at most `limit` and 200. */
export function pageOfActivity(db: Database.Database, before: EpochMs | null, limit: number): readonly ActivityEntry[] {
  const size = Math.min(limit, activityPage)
  const sql = 'SELECT at, kind, tone, text FROM activity WHERE at < ? ORDER BY at DESC, seq DESC LIMIT ?'
  const rows = select(db, activityRow, sql, [before ?? Number.MAX_SAFE_INTEGER, size + 1])
  if (rows.length <= size) return rows
  // The next page begins before the time of this one's last row: rows of one time must not be torn apart.
  const cut = rows[size]?.at
  const whole = rows.filter((row) => row.at !== cut)
  return whole.length > 0 ? whole : rows.slice(0, size)
}

/** Forgets samples and history that are older than we keep, as seen from `now`. */
export function pruneFleet(db: Database.Database, now: EpochMs): void {
  const oldest = now - retentionMs
  inTransaction(db, () => {
    db.prepare('DELETE FROM reading WHERE minute < ?').run(Math.floor(oldest / minuteMs))
    for (const bit of Object.values(dimensionBit)) {
      db.prepare('DELETE FROM sample WHERE dimension = ? AND minute < ?').run(bit, Math.floor(oldest / minuteMs))
      db.prepare('DELETE FROM history WHERE dimension = ? AND at < ?').run(bit, oldest)
    }
  })
}

function insertCounts(
  db: Database.Database,
  table: 'sample' | 'history',
  bit: number,
  when: number,
  counts: readonly Count[],
): void {
  const name = db.prepare('INSERT OR IGNORE INTO value (text) VALUES (?)')
  const count = db.prepare(`INSERT OR REPLACE INTO ${table} SELECT ?, ?, id, ? FROM value WHERE text = ?`)
  for (const one of counts) {
    const text = one.value.slice(0, valueLength)
    name.run(text)
    count.run(bit, when, one.count, text)
  }
}

function countConnected(status: readonly Count[] | null): number | null {
  if (status === null) return null
  return status.filter((one) => one.value.toLowerCase() === connectedValue).reduce((sum, one) => sum + one.count, 0)
}
