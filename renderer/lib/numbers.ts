const counts = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 0 })
const shares = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 1 })
const compact = new Intl.NumberFormat('en-GB', { notation: 'compact', maximumFractionDigits: 1 })

/** "9,412". */
export function formatCount(count: number): string {
  return counts.format(count)
}

/** For axis labels where width is short: "9,412" below 100,000, "120K" from there. */
export function formatAxisCount(count: number): string {
  return Math.abs(count) < 100_000 ? counts.format(count) : compact.format(count)
}

/** Part of whole as "5.9 %"; null when there is no whole to compare with. */
export function formatShare(part: number, whole: number): string | null {
  if (whole <= 0) return null
  const percent = (part / whole) * 100
  if (percent > 0 && percent < 0.1) return 'under 0.1\u202f%'
  return `${shares.format(percent)}\u202f%`
}

/** A difference with its sign: "+12", "−590", "0" (a real minus, as wide as the plus). */
export function formatChange(change: number): string {
  if (change === 0) return '0'
  return `${change > 0 ? '+' : '\u2212'}${counts.format(Math.abs(change))}`
}

/** "1 device", "9,412 devices". */
export function formatDevices(count: number): string {
  return `${counts.format(count)} ${count === 1 ? 'device' : 'devices'}`
}
