import type { EpochMs } from './failure.ts'

const secondMs = 1000
const minuteMs = 60 * secondMs
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs

/** How long a span is, as short as a tired reader wants it: "12 s", "4 min", "3 h 5 min", "2 d". */
export function spanOf(ms: number): string {
  const span = Math.max(0, ms)
  if (span < 90 * secondMs) return `${Math.round(span / secondMs)} s`
  if (span < 90 * minuteMs) return `${Math.round(span / minuteMs)} min`
  if (span < 2 * dayMs) {
    const minutes = Math.floor((span % hourMs) / minuteMs)
    return `${Math.floor(span / hourMs)} h${minutes === 0 ? '' : ` ${minutes} min`}`
  }
  return `${Math.floor(span / dayMs)} d`
}

/** "12 s ago". Times of day are left to the windows, which know the reader's zone. */
export function ageOf(asOf: EpochMs, at: EpochMs): string {
  return `${spanOf(at - asOf)} ago`
}

/** A count with thin grouping that every tray can draw: 9,207. */
export function countOf(count: number): string {
  return String(Math.round(count)).replace(/\B(?=(\d{3})+(?!\d))/g, ',')
}

/** "1 device", "214 devices". */
export function devicesOf(count: number): string {
  return `${countOf(count)} ${count === 1 ? 'device' : 'devices'}`
}

/** A text from outside, made safe to show: one line, no control characters, bounded. */
export function boundText(text: string, length: number): string {
  // eslint-disable-next-line no-control-regex -- control characters are what is to be removed
  const line = text.replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]+/g, ' ').trim()
  return line.length <= length ? line : `${line.slice(0, length - 1)}…`
}
