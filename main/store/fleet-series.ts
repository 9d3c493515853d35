import type Database from 'libsql'
import { z } from 'zod'

import type { EpochMs } from '../engine/failure.ts'
import type { Series, SeriesQuery } from '../engine/ports.ts'
import { select } from './database-file.ts'
import { connectedValue, dimensionBit, minuteMs } from './fleet-schema.ts'
import { toLines } from './series-lines.ts'
import { bridgeGaps, type Slot } from './series-slots.ts'

/** Cloudflare's history of a week has a point an hour. */
const lookBackMs = 60 * minuteMs

interface Axis {
  readonly from: EpochMs
  readonly to: EpochMs
  /** Slots begin at multiples of this, so that a line does not tremble as time goes by. */
  readonly slotMs: number
  readonly first: number
  readonly length: number
}

const slotRow = z.object({ slot: z.int(), at: z.int(), connected: z.int().nullable() })
const countRow = z.object({ slot: z.int(), value: z.string(), count: z.int() })
const gapRow = z.object({ gap: z.int() })
const sinceRow = z.object({ at: z.int().nullable() })

/**
 * Lines over `[from, to]` in at most `points` slots. Each slot shows one real reading, that with the fewest connected
 * devices: a short outage is never averaged away by a long axis. Our own samples win over Cloudflare's history.
 */
export function readSeries(db: Database.Database, query: SeriesQuery): Series {
  const axis = axisOf(query)
  const wider = lookBack(axis)
  const onAxis = (slots: readonly (Slot | null)[]) => slots.slice(axis.first - wider.first)
  const wideOwn = ownSlots(db, query.dimension, wider)
  const own = onAxis(wideOwn)
  const history = onAxis(historySlots(db, query.dimension, wider, wideOwn))
  const merged = own.map((slot, index) => slot ?? history[index] ?? null)
  return {
    at: merged.map((_, index) => (axis.first + index) * axis.slotMs),
    lines: toLines(merged),
    recordedSince: recordedSince(db, query.dimension),
    source: sourceOf(own, history),
  }
}

function axisOf({ from, to, points }: SeriesQuery): Axis {
  // Two slots stick out at the ends of an axis whose ends are not multiples.
  const slotMs = Math.ceil(Math.max(to - from, minuteMs) / (points - 2) / minuteMs) * minuteMs
  const first = Math.floor(from / slotMs)
  return { from, to, slotMs, first, length: Math.floor(to / slotMs) - first + 1 }
}

/** The axis begun earlier: what was recorded last before its beginning still holds there. */
function lookBack(axis: Axis): Axis {
  const slots = Math.ceil(lookBackMs / axis.slotMs)
  return { ...axis, from: axis.from - lookBackMs, first: axis.first - slots, length: axis.length + slots }
}

/** "A reading of each slot: the worst" relies on SQLite taking bare columns from the row of MIN (lang_select.html, 2.5). */
const worstOfSlot = `
  SELECT asOf / ?1 AS slot, asOf AS at, minute, MIN(connected) AS connected FROM reading
  WHERE minute BETWEEN ?2 / ${minuteMs} AND ?3 / ${minuteMs} AND asOf BETWEEN ?2 AND ?3 AND groups & ?4
  GROUP BY slot`

const ownGaps = `
  SELECT asOf - LAG(asOf) OVER (ORDER BY minute) AS gap FROM reading
  WHERE minute BETWEEN ?1 / ${minuteMs} AND ?2 / ${minuteMs} AND groups & ?3`

const ownCounts = `
  SELECT slot, value.text AS value, count FROM (${worstOfSlot}) AS worst
  JOIN sample ON sample.dimension = ?4 AND sample.minute = worst.minute
  JOIN value ON value.id = sample.value`

function ownSlots(db: Database.Database, dimension: SeriesQuery['dimension'], axis: Axis): readonly (Slot | null)[] {
  const placed = placeSlots(db, dimension, axis, worstOfSlot, ownCounts)
  return bridgeGaps(placed, typicalGap(db, ownGaps, [axis.from, axis.to, bitOf(dimension)]))
}

const worstHistoryOfSlot = `
  SELECT at / ?1 AS slot, at, MIN(connected) AS connected FROM (
    SELECT at, SUM(CASE WHEN lower(value.text) = '${connectedValue}' THEN count ELSE 0 END) AS connected
    FROM history JOIN value ON value.id = history.value
    WHERE dimension = ?4 AND at BETWEEN ?2 AND ?3 GROUP BY at)
  GROUP BY slot`

const historyGaps = `
  SELECT at - LAG(at) OVER (ORDER BY at) AS gap FROM
    (SELECT DISTINCT at FROM history WHERE dimension = ?3 AND at BETWEEN ?1 AND ?2)`

const historyCounts = `
  SELECT slot, value.text AS value, count FROM (${worstHistoryOfSlot}) AS worst
  JOIN history ON history.dimension = ?4 AND history.at = worst.at
  JOIN value ON value.id = history.value`

/** Cloudflare's history; its last point holds on to our own first reading after it, if that came soon enough. */
function historySlots(
  db: Database.Database,
  dimension: SeriesQuery['dimension'],
  axis: Axis,
  own: readonly (Slot | null)[],
): readonly (Slot | null)[] {
  const placed = placeSlots(db, dimension, axis, worstHistoryOfSlot, historyCounts)
  const last = placed.findLastIndex((slot) => slot !== null)
  const next = own.findIndex((slot, index) => index > last && slot !== null)
  if (last >= 0 && next >= 0) placed[next] = own[next] ?? null
  // Its newest hours are cut finer, so that in a range with both the median says nothing of the coarse part.
  const usual = Math.max(lookBackMs / 2, typicalGap(db, historyGaps, [axis.from, axis.to, bitOf(dimension)]))
  return bridgeGaps(placed, usual)
}

/** The worst reading of each slot in its place on the axis, with its counts. */
function placeSlots(
  db: Database.Database,
  dimension: SeriesQuery['dimension'],
  axis: Axis,
  worst: string,
  counts: string,
): (Slot | null)[] {
  const range = [axis.slotMs, axis.from, axis.to, bitOf(dimension)]
  const slots = select(db, slotRow, worst, range)
  const rows =
    dimension === 'connected'
      ? slots.map(({ slot, connected }) => ({ slot, value: connectedValue, count: connected ?? 0 }))
      : select(db, countRow, counts, range)
  const placed = Array.from({ length: axis.length }, (): Slot | null => null)
  const bySlot = new Map(slots.map(({ slot, at }) => [slot, { at, counts: new Map<string, number>() }]))
  for (const { slot, value, count } of rows) bySlot.get(slot)?.counts.set(value, count)
  for (const [slot, content] of bySlot) placed[slot - axis.first] = content
  return placed
}

/** The median time between two recordings in a range; 0 when there are not two. */
function typicalGap(db: Database.Database, gaps: string, range: readonly number[]): number {
  const sql = `WITH gaps AS (${gaps}) SELECT gap FROM gaps WHERE gap IS NOT NULL ORDER BY gap
    LIMIT 1 OFFSET (SELECT COUNT(gap) / 2 FROM gaps)`
  return select(db, gapRow, sql, range)[0]?.gap ?? 0
}

function recordedSince(db: Database.Database, dimension: SeriesQuery['dimension']): EpochMs | null {
  const bit = bitOf(dimension)
  const sql = `SELECT MIN(at) AS at FROM (
    SELECT * FROM (SELECT asOf AS at FROM reading WHERE groups & ?1 ORDER BY minute LIMIT 1)
    UNION ALL SELECT MIN(at) FROM history WHERE dimension = ?1)`
  return select(db, sinceRow, sql, [bit])[0]?.at ?? null
}

function sourceOf(own: readonly (Slot | null)[], history: readonly (Slot | null)[]): Series['source'] {
  const fromHistory = history.some((slot, index) => slot !== null && own[index] === null)
  if (!fromHistory) return 'own samples'
  return own.some((slot) => slot !== null) ? 'both' : 'cloudflare'
}

function bitOf(dimension: SeriesQuery['dimension']): number {
  return dimensionBit[dimension === 'connected' ? 'status' : dimension]
}
