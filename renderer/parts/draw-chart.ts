import {
  Chart,
  Filler,
  LinearScale,
  LineController,
  LineElement,
  PointElement,
  Tooltip,
  type ChartDataset,
  type ChartOptions,
  type Plugin,
} from 'chart.js'

import type { ChartModel } from '../lib/chart-model.ts'
import type { ColourToken } from '../lib/line-styles.ts'
import { formatAxisCount, formatCount } from '../lib/numbers.ts'
import { timeTicks } from '../lib/ticks.ts'
import { formatClock, formatDay, formatMoment } from '../lib/times.ts'

/** Where the plot lies within the canvas, in CSS pixels: what stands above it shares its axis. */
export interface PlotArea {
  readonly left: number
  readonly right: number
}

export interface Drawing {
  show(model: ChartModel, ticks: readonly number[], verticals: readonly { at: number; colour: ColourToken }[]): void
  /** Frees the canvas. */
  destroy(): void
}

interface Point {
  x: number
  y: number
}
const dayMs = 86_400_000

/** The one place that knows chart.js. No animation: what streams must not swim. Null: this canvas cannot be drawn on. */
export function drawOn(canvas: HTMLCanvasElement, onArea: (area: PlotArea) => void): Drawing | null {
  const context = canvas.getContext('2d')
  if (context === null) return null
  Chart.register(LineController, LineElement, PointElement, LinearScale, Filler, Tooltip)
  const colour = (token: ColourToken) => resolveColour(canvas, token)
  let shown: { model: ChartModel; verticals: readonly { at: number; colour: ColourToken }[] } | null = null

  const overlay: Plugin<'line'> = {
    id: 'overlay',
    beforeDatasetsDraw: (chart) => {
      for (const span of shown?.model.unrecorded ?? []) drawUnrecorded(chart, span, colour)
    },
    afterDatasetsDraw: (chart) => {
      if ((chart.scales.y?.min ?? 0) > 0) drawAxisBreak(chart, colour('muted'))
      for (const vertical of shown?.verticals ?? []) drawVertical(chart, vertical.at, colour(vertical.colour))
    },
    afterLayout: (chart) => {
      onArea({ left: chart.chartArea.left, right: chart.chartArea.right })
    },
  }
  const chart = new Chart<'line', Point[]>(context, {
    type: 'line',
    data: { datasets: [] },
    options: {},
    plugins: [overlay],
  })

  return {
    show(model, ticks, verticals) {
      shown = { model, verticals }
      chart.data.datasets = datasets(model, colour)
      chart.options = options(model, ticks, colour)
      chart.update('none')
    },
    destroy() {
      chart.destroy()
    },
  }
}

/** A custom property may hold light-dark(): only an element's own colour is resolved. */
function resolveColour(element: HTMLElement, token: ColourToken): string {
  element.style.color = `var(--${token})`
  const resolved = getComputedStyle(element).color
  element.style.color = ''
  return resolved
}

function fade(colour: string, share: number): string {
  return `color-mix(in srgb, ${colour} ${share}%, transparent)`
}

function datasets(model: ChartModel, colour: (token: ColourToken) => string): ChartDataset<'line', Point[]>[] {
  return model.lines.map((line, index) => ({
    label: line.value,
    data: model.at.map((at, point) => ({ x: at, y: line.heights[point] ?? NaN })),
    borderColor: colour(line.style.colour),
    backgroundColor: fade(colour(line.style.colour), 28),
    borderWidth: 1.5,
    borderDash: [...line.style.dash],
    fill: index === 0 ? 'start' : '-1',
    pointRadius: 0,
    pointHitRadius: 0,
    pointHoverRadius: 3,
    pointHoverBackgroundColor: colour(line.style.colour),
    spanGaps: false,
    tension: 0,
  }))
}

function options(
  model: ChartModel,
  ticks: readonly number[],
  colour: (token: ColourToken) => string,
): ChartOptions<'line'> {
  const rootPx = parseFloat(getComputedStyle(document.documentElement).fontSize) || 16
  const font = { family: getComputedStyle(document.body).fontFamily, size: rootPx * 0.6875 }
  const isLong = model.to - model.from > 2 * dayMs
  return {
    animation: false,
    responsive: true,
    maintainAspectRatio: false,
    parsing: false,
    normalized: true,
    layout: { padding: { top: 4, right: 2 } },
    interaction: { mode: 'index', axis: 'x', intersect: false },
    scales: {
      x: {
        type: 'linear',
        min: model.from,
        max: model.to,
        grid: { display: false },
        border: { color: colour('line') },
        afterBuildTicks: (axis) => {
          axis.ticks = timeTicks(model.from, model.to, Math.max(2, axis.width / (rootPx * 5))).map((value) => ({
            value,
          }))
        },
        ticks: {
          color: colour('faint'),
          font,
          maxRotation: 0,
          autoSkip: false,
          callback: (value) => (isLong ? formatDay(Number(value), model.to) : formatClock(Number(value))),
        },
      },
      y: {
        type: 'linear',
        min: ticks[0] ?? 0,
        max: ticks.at(-1) ?? 1,
        grid: { color: colour('line'), drawTicks: false },
        border: { display: false },
        afterBuildTicks: (axis) => {
          axis.ticks = ticks.map((value) => ({ value }))
        },
        ticks: {
          color: colour('faint'),
          font,
          padding: 8,
          autoSkip: false,
          callback: (value) => formatAxisCount(Number(value)),
        },
      },
    },
    plugins: {
      tooltip: {
        backgroundColor: colour('panel'),
        borderColor: colour('line'),
        borderWidth: 1,
        titleColor: colour('ink'),
        bodyColor: colour('ink'),
        titleFont: { ...font, weight: 600 },
        bodyFont: font,
        padding: 8,
        boxPadding: 4,
        caretSize: 0,
        usePointStyle: true,
        itemSort: (a, b) => b.datasetIndex - a.datasetIndex,
        callbacks: {
          title: (items) => formatMoment(items[0]?.parsed.x ?? 0, model.to),
          label: (item) => {
            const count = model.lines[item.datasetIndex]?.counts[item.dataIndex] ?? null
            return `${item.dataset.label ?? ''}: ${count === null ? 'not recorded' : formatCount(count)}`
          },
        },
      },
    },
  }
}

function drawUnrecorded(
  chart: Chart,
  span: { from: number; to: number },
  colour: (token: ColourToken) => string,
): void {
  const { ctx, chartArea, scales } = chart
  const left = Math.max(chartArea.left, scales.x?.getPixelForValue(span.from) ?? chartArea.left)
  const right = Math.min(chartArea.right, scales.x?.getPixelForValue(span.to) ?? chartArea.right)
  if (right - left < 2) return
  ctx.save()
  ctx.beginPath()
  ctx.rect(left, chartArea.top, right - left, chartArea.height)
  ctx.clip()
  ctx.strokeStyle = fade(colour('stale'), 22)
  ctx.lineWidth = 1
  ctx.beginPath()
  for (let x = left - chartArea.height; x < right; x += 8) {
    ctx.moveTo(x, chartArea.bottom)
    ctx.lineTo(x + chartArea.height, chartArea.top)
  }
  ctx.stroke()
  ctx.font = `${Math.round(parseFloat(getComputedStyle(document.documentElement).fontSize) * 0.6875)}px ${getComputedStyle(document.body).fontFamily}`
  const words = 'not recorded'
  const width = ctx.measureText(words).width
  if (right - left > width + 24) {
    const x = (left + right) / 2
    const y = (chartArea.top + chartArea.bottom) / 2
    ctx.fillStyle = colour('panel')
    ctx.fillRect(x - width / 2 - 8, y - 11, width + 16, 22)
    ctx.fillStyle = colour('muted')
    ctx.textAlign = 'center'
    ctx.textBaseline = 'middle'
    ctx.fillText(words, x, y)
  }
  ctx.restore()
}

/** The axis does not begin at zero: a zigzag at its foot says so. */
function drawAxisBreak({ ctx, chartArea }: Chart, colour: string): void {
  const { left, bottom } = chartArea
  ctx.save()
  ctx.strokeStyle = colour
  ctx.beginPath()
  ctx.moveTo(left, bottom - 15)
  for (const [x, y] of [
    [0, 12],
    [4, 10],
    [-4, 6],
    [4, 2],
    [0, 0],
  ] as const)
    ctx.lineTo(left + x, bottom - y)
  ctx.stroke()
  ctx.restore()
}

function drawVertical(chart: Chart, at: number, colour: string): void {
  const x = chart.scales.x?.getPixelForValue(at) ?? NaN
  if (!(x >= chart.chartArea.left && x <= chart.chartArea.right)) return
  const { ctx } = chart
  ctx.save()
  ctx.strokeStyle = colour
  ctx.setLineDash([3, 3])
  ctx.beginPath()
  ctx.moveTo(x, chart.chartArea.top)
  ctx.lineTo(x, chart.chartArea.bottom)
  ctx.stroke()
  ctx.restore()
}
