/**
 * Which of the moments to keep so that at most about `limit` are drawn, the same for every line so that stacks stay
 * true. Of each bucket the lowest and the highest point of each line survive (a short drop must stay visible), and
 * the first unrecorded point (a gap must stay a gap). Ascending indexes.
 */
export function chooseIndexes(lines: readonly (readonly (number | null)[])[], length: number, limit: number): number[] {
  if (length <= limit) return Array.from({ length }, (_, index) => index)
  const perBucket = Math.max(1, lines.length * 2)
  const buckets = Math.max(1, Math.floor(limit / perBucket))
  const kept = new Set<number>([0, length - 1])
  for (let bucket = 0; bucket < buckets; bucket++) {
    const start = Math.floor((bucket * length) / buckets)
    const end = Math.floor(((bucket + 1) * length) / buckets)
    for (const line of lines) keepExtremes(line, start, end, kept)
  }
  return [...kept].sort((a, b) => a - b)
}

function keepExtremes(line: readonly (number | null)[], start: number, end: number, kept: Set<number>): void {
  let lowest = -1
  let highest = -1
  let firstGap = -1
  for (let index = start; index < end; index++) {
    const value = line[index] ?? null
    if (value === null) {
      if (firstGap === -1) firstGap = index
      continue
    }
    if (lowest === -1 || value < (line[lowest] ?? Infinity)) lowest = index
    if (highest === -1 || value > (line[highest] ?? -Infinity)) highest = index
  }
  for (const index of [lowest, highest, firstGap]) if (index !== -1) kept.add(index)
}
