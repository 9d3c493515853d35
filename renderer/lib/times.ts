const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

/** A length of time in at most two units: "12 s", "3 min 20 s", "26 min", "4 h 10 min", "2 d 3 h". Never negative. */
export function formatDuration(ms: number): string {
  const whole = Math.max(0, Math.floor(ms / 1000)) * 1000
  if (whole < minute) return `${whole / 1000} s`
  if (whole < 10 * minute) return twoUnits(whole, minute, 'min', 1000, 's')
  if (whole < hour) return `${Math.floor(whole / minute)} min`
  if (whole < day) return twoUnits(whole, hour, 'h', minute, 'min')
  return twoUnits(whole, day, 'd', hour, 'h')
}

function twoUnits(ms: number, big: number, bigName: string, small: number, smallName: string): string {
  const rest = Math.floor((ms % big) / small)
  const first = `${Math.floor(ms / big)} ${bigName}`
  return rest === 0 ? first : `${first} ${rest} ${smallName}`
}

/** "12 s ago"; a moment that lies ahead (clocks differ a little) counts as now. */
export function formatAge(asOf: number, now: number): string {
  return `${formatDuration(now - asOf)} ago`
}

/** `timeZone` is for tests; without it the machine's own is used. */
function formatter(options: Intl.DateTimeFormatOptions, timeZone?: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat('en-GB', timeZone === undefined ? options : { ...options, timeZone })
}

/** "03:06", or "03:06:41" with seconds. */
export function formatClock(at: number, withSeconds = false, timeZone?: string): string {
  const seconds: Intl.DateTimeFormatOptions = withSeconds ? { second: '2-digit' } : {}
  return formatter({ hour: '2-digit', minute: '2-digit', hour12: false, ...seconds }, timeZone).format(at)
}

/** "14 Nov", with the year when it is not that of `now`. */
export function formatDay(at: number, now: number, timeZone?: string): string {
  const year = formatter({ year: 'numeric' }, timeZone)
  const sameYear = year.format(at) === year.format(now)
  return formatter({ day: 'numeric', month: 'short', ...(sameYear ? {} : { year: 'numeric' }) }, timeZone).format(at)
}

/** The time alone when it is today, else day and time: "03:06", "12 Nov 09:41". */
export function formatMoment(at: number, now: number, timeZone?: string): string {
  const date = formatter({ dateStyle: 'short' }, timeZone)
  const clock = formatClock(at, false, timeZone)
  return date.format(at) === date.format(now) ? clock : `${formatDay(at, now, timeZone)} ${clock}`
}

/** Unambiguous and complete, for titles and tables: "14 Nov 2026, 03:06:41 GMT+1". */
export function formatExact(at: number, timeZone?: string): string {
  return formatter(
    {
      day: 'numeric',
      month: 'short',
      year: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      hour12: false,
      timeZoneName: 'short',
    },
    timeZone,
  ).format(at)
}

/** Cloudflare's own timestamps are text; null when the text is no date that we understand. */
export function parseTimestamp(text: string | null): number | null {
  if (text === null) return null
  const at = Date.parse(text)
  return Number.isNaN(at) ? null : at
}

/** Cloudflare's timestamp as a moment, or its own words where those are no date. */
export function formatTimestamp(text: string, now: number): string {
  const at = parseTimestamp(text)
  return at === null ? text : formatMoment(at, now)
}
