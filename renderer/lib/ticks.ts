const minute = 60_000
const hour = 60 * minute
const steps = [
  5 * minute,
  10 * minute,
  15 * minute,
  30 * minute,
  hour,
  2 * hour,
  3 * hour,
  6 * hour,
  12 * hour,
  24 * hour,
]

/** A distance between axis lines that people count in: 1, 2, 2.5 or 5 times a power of ten, whole and never under 1. */
function niceStep(rough: number): number {
  if (rough <= 1) return 1
  const power = 10 ** Math.floor(Math.log10(rough))
  const lead = rough / power
  const candidates = power >= 10 ? [1, 2, 2.5, 5] : [1, 2, 5]
  return power * (candidates.find((candidate) => lead <= candidate) ?? 10)
}

/** Whole-number axis lines from `floor` to at least `ceiling`, about six of them. */
export function countTicks(floor: number, ceiling: number): number[] {
  const step = niceStep((ceiling - floor) / 5)
  const ticks: number[] = []
  for (let tick = Math.floor(floor / step) * step; ; tick += step) {
    ticks.push(tick)
    if (tick >= ceiling) return ticks
  }
}

/** Minutes that local time is ahead of UTC at a moment. */
export type ZoneOffset = (at: number) => number

const localOffset: ZoneOffset = (at) => -new Date(at).getTimezoneOffset()

/** Moments at round local times within [from, to], at most `most` of them. */
export function timeTicks(from: number, to: number, most: number, offsetMinutes: ZoneOffset = localOffset): number[] {
  const step = steps.find((candidate) => (to - from) / candidate <= most) ?? 24 * hour
  const ticks: number[] = []
  const shift = offsetMinutes(from) * minute
  for (let local = Math.ceil((from + shift) / step) * step; local - shift <= to; local += step) {
    // Summer time may begin or end between `from` and here.
    const at = local - offsetMinutes(local - shift) * minute
    if (at >= from && at <= to) ticks.push(at)
  }
  return ticks
}
