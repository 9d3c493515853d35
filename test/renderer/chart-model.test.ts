import fc from 'fast-check'
import { expect, test } from 'vitest'

import type { Series } from '../../main/engine/ports.ts'
import { buildChart, type ChartModel, type ChartQuestion } from '../../renderer/lib/chart-model.ts'
import { chooseIndexes } from '../../renderer/lib/decimate.ts'
import { hour, minute, now } from './fixtures/snapshots.ts'

const question: ChartQuestion = { from: now - hour, to: now, dimension: 'status', value: null, mostPoints: 400 }

/** One point a minute up to now; null: not recorded. */
function seriesOf(lines: Record<string, readonly (number | null)[]>): Series {
  const length = Math.max(...Object.values(lines).map((counts) => counts.length))
  return {
    at: Array.from({ length }, (_, index) => now - (length - 1 - index) * minute),
    lines: Object.entries(lines).map(([value, counts]) => ({ value, counts })),
    recordedSince: null,
    source: 'own samples',
  }
}
function chartOf(series: Series, changes: Partial<ChartQuestion> = {}): ChartModel {
  const model = buildChart(series, { ...question, ...changes })
  if (model === null) throw new Error('no model')
  return model
}

test('lines are stacked, connected at the bottom whatever its size', () => {
  const model = chartOf(seriesOf({ disconnected: [500, 500], connected: [100, 90] }))
  expect(model.lines.map(({ value }) => value)).toEqual(['connected', 'disconnected'])
  expect(model.lines[1]?.heights).toEqual([600, 590])
  expect(model.lines[1]?.counts).toEqual([500, 500])
})

test('a moment without any count is a gap, never zero', () => {
  const model = chartOf(seriesOf({ connected: [10, null, 12], paused: [1, null, null] }))
  expect(model.lines[0]?.heights).toEqual([10, null, 12])
  expect(model.lines[1]?.heights).toEqual([11, null, 12])
})

test('the time before the first sample is named as not recorded', () => {
  const model = chartOf(seriesOf({ connected: Array.from({ length: 10 }, () => 10) }))
  expect(model.unrecorded).toEqual([{ from: now - hour, to: now - 9 * minute }])
})

test('a hole between samples is not recorded, one lost sample is not', () => {
  const counts = Array.from({ length: 61 }, (_, index) => ((index > 20 && index < 30) || index === 40 ? null : 10))
  expect(chartOf(seriesOf({ connected: counts })).unrecorded).toEqual([
    { from: now - 40 * minute, to: now - 30 * minute },
  ])
})

test('with no sample at all everything is not recorded', () => {
  expect(chartOf(seriesOf({ connected: [null, null] })).unrecorded).toEqual([{ from: now - hour, to: now }])
})

test('an axis may begin above zero only where the lowest line stays far above it', () => {
  const close = chartOf(seriesOf({ connected: [9_400, 9_420, 9_207] })).closeTicks
  expect(close?.[0]).toBeGreaterThan(8_000)
  expect(close?.[0]).toBeLessThan(9_207)
  expect(close?.at(-1)).toBeGreaterThanOrEqual(9_420)
  expect(chartOf(seriesOf({ connected: [9_400, 300] })).closeTicks).toBeNull()
})

test('one value stands alone, and one that was not recorded is no empty chart', () => {
  const series = seriesOf({ LHR: [1, 2], CDG: [3, 4] })
  expect(chartOf(series, { dimension: 'colo', value: 'CDG' }).lines.map(({ value }) => value)).toEqual(['CDG'])
  expect(buildChart(series, { ...question, value: 'SYD' })).toBeNull()
})

test('neighbours in a stack differ in colour or in dash', () => {
  const lines = Object.fromEntries(Array.from({ length: 12 }, (_, index) => [`v${index}`, [index + 1]]))
  const styles = chartOf(seriesOf(lines), { dimension: 'version' }).lines.map(({ style }) => JSON.stringify(style))
  expect(styles.filter((style, index) => style === styles[index + 1])).toEqual([])
})

const column = fc.array(fc.option(fc.integer({ min: 0, max: 100_000 })), { minLength: 500, maxLength: 900 })

test('thinning keeps every extreme, every gap and both ends', () => {
  fc.assert(
    fc.property(column, column, (first, second) => {
      const length = Math.min(first.length, second.length)
      const lines = [first.slice(0, length), second.slice(0, length)]
      const kept = chooseIndexes(lines, length, 120)
      expect(kept).toEqual([...new Set(kept)].sort((a, b) => a - b))
      expect([kept[0], kept.at(-1)]).toEqual([0, length - 1])
      // A bucket keeps the two extremes of each line and the beginning of a gap in it.
      expect(kept.length).toBeLessThanOrEqual((120 / 4) * 6 + 2)
      for (const line of lines) {
        const of = (indexes: readonly number[]) => indexes.map((index) => line[index] ?? null).filter((n) => n !== null)
        const all = of(line.map((_, index) => index))
        if (all.length === 0) continue
        expect(Math.min(...of(kept))).toBe(Math.min(...all))
        expect(Math.max(...of(kept))).toBe(Math.max(...all))
        expect(kept.some((index) => line[index] === null)).toBe(line.includes(null))
      }
    }),
  )
})

test('what fits is not thinned', () => {
  expect(chooseIndexes([[1, 2, 3]], 3, 3)).toEqual([0, 1, 2])
})
