import type { EpochMs } from '../../main/engine/failure.ts'
import type { Series } from '../../main/engine/ports.ts'
import { chooseIndexes } from './decimate.ts'
import { styleLine, type LineStyle } from './line-styles.ts'
import { countTicks } from './ticks.ts'

export interface Span {
  readonly from: EpochMs
  readonly to: EpochMs
}

/** One line as it is drawn: `heights` includes the lines stacked below it, `counts` is what was counted. */
interface ChartLine {
  readonly value: string
  readonly style: LineStyle
  readonly counts: readonly (number | null)[]
  readonly heights: readonly (number | null)[]
}

export interface ChartModel extends Span {
  readonly at: readonly EpochMs[]
  /** Bottom first. */
  readonly lines: readonly ChartLine[]
  /** Not a single count in all of it. */
  readonly isEmpty: boolean
  /** Where nothing was recorded: never drawn as zero. */
  readonly unrecorded: readonly Span[]
  readonly zeroTicks: readonly number[]
  /** Axis lines around what moves, for a chart whose lowest line stays far above zero; null: zero is near anyway. */
  readonly closeTicks: readonly number[] | null
}

export interface ChartQuestion extends Span {
  readonly dimension: string
  /** One value alone; null: all, stacked. */
  readonly value: string | null
  /** Points that the width can show. */
  readonly mostPoints: number
}

/** The lines of a series as a chart draws them. Null when the chosen value is not among them. */
export function buildChart(series: Series, question: ChartQuestion): ChartModel | null {
  const chosen = series.lines.filter((line) => question.value === null || line.value === question.value)
  if (question.value !== null && chosen.length === 0) return null
  const ordered = question.value === null ? orderForStack(chosen) : chosen
  const kept = chooseIndexes(
    ordered.map((line) => line.counts),
    series.at.length,
    question.mostPoints,
  )
  const at = kept.map((index) => series.at[index] ?? 0)
  const counts = ordered.map((line) => kept.map((index) => line.counts[index] ?? null))
  const heights = stack(counts)
  const lines = ordered.map((line, index) => ({
    value: line.value,
    style: styleLine(question.dimension, line.value, index),
    counts: counts[index] ?? [],
    heights: heights[index] ?? [],
  }))
  return {
    from: question.from,
    to: question.to,
    at,
    lines,
    isEmpty: counts.every((line) => line.every((count) => count === null)),
    unrecorded: findUnrecorded(series.at, chosen, question),
    ...axisTicks(lines),
  }
}

/** The line with the most devices lies at the bottom, where its edge can be read best. */
function orderForStack(lines: Series['lines']): Series['lines'] {
  const most = new Map(
    lines.map((line) => [line.value, line.counts.reduce<number>((max, n) => Math.max(max, n ?? 0), 0)]),
  )
  const rank = (value: string) => (value.toLowerCase() === 'connected' ? Infinity : (most.get(value) ?? 0))
  return lines.toSorted((a, b) => rank(b.value) - rank(a.value))
}

function stack(counts: readonly (readonly (number | null)[])[]): (number | null)[][] {
  const length = counts[0]?.length ?? 0
  const below = Array.from({ length }, () => 0)
  const recorded = Array.from({ length }, (_, index) => counts.some((line) => (line[index] ?? null) !== null))
  return counts.map((line) =>
    below.map((sum, index) => {
      if (recorded[index] !== true) return null
      const height = sum + (line[index] ?? 0)
      below[index] = height
      return height
    }),
  )
}

function axisTicks(lines: readonly ChartLine[]): Pick<ChartModel, 'zeroTicks' | 'closeTicks'> {
  const numbers = (line: ChartLine | undefined) => (line?.heights ?? []).filter((height) => height !== null)
  const lowest = numbers(lines[0]).reduce((min, height) => Math.min(min, height), Infinity)
  const highest = numbers(lines.at(-1)).reduce((max, height) => Math.max(max, height), 0)
  const zeroTicks = countTicks(0, Math.max(highest, 4))
  if (!Number.isFinite(lowest) || lowest < highest / 2) return { zeroTicks, closeTicks: null }
  const room = Math.max((highest - lowest) * 0.5, highest * 0.01, 2)
  return { zeroTicks, closeTicks: countTicks(Math.max(0, lowest - room), highest) }
}

/** Spans without a single count, from the last count before to the next one after. */
function findUnrecorded(moments: readonly EpochMs[], lines: Series['lines'], { from, to }: Span): Span[] {
  const seen = moments.filter((_, index) => lines.some((line) => (line.counts[index] ?? null) !== null))
  const inside = seen.filter((at) => at >= from && at <= to)
  const patience = longestNormalStep(moments)
  const edges = [from, ...inside, to]
  const spans: Span[] = []
  edges.forEach((edge, index) => {
    const next = edges[index + 1]
    if (next !== undefined && next - edge > patience) spans.push({ from: edge, to: next })
  })
  return spans
}

/** A step between neighbours that is still no gap: three times the usual, and at least three minutes. */
function longestNormalStep(at: readonly EpochMs[]): number {
  const steps = at.slice(1).map((moment, index) => moment - (at[index] ?? moment))
  const usual = steps.toSorted((a, b) => a - b)[Math.floor(steps.length / 2)] ?? 0
  return Math.max(usual * 3, 180_000)
}
