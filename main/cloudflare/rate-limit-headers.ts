import type { RateLimit } from '../engine/calls.ts'
import type { EpochMs } from '../engine/failure.ts'
import { plainLine } from './plain-text.ts'

/** Longer than any sensible header; bounds the work that a strange one can cause. */
const longestHeader = 2000
const largestNumber = 1_000_000_000

/**
 * What the headers say of the limits. Cloudflare documents `Ratelimit: "default";r=50;t=30` and `Ratelimit-Policy:
 * "burst";q=100;w=60`, each possibly with several policies; an older page names X-RateLimit-Limit, -Remaining, -Reset.
 * Whatever cannot be read is left out.
 */
export function readRateLimits(headers: Headers, now: EpochMs): readonly RateLimit[] {
  const policies = new Map<string, RateLimit>()
  const merge = (policy: string, part: Partial<RateLimit>) => {
    policies.set(policy, { ...(policies.get(policy) ?? unknownLimit(policy)), ...part })
  }
  for (const { name, numbers } of readItems(headers.get('ratelimit-policy'))) {
    merge(name, { quota: numbers.get('q') ?? null, windowSeconds: numbers.get('w') ?? null })
  }
  for (const { name, numbers } of readItems(headers.get('ratelimit'))) {
    merge(name, { remaining: numbers.get('r') ?? null, resetSeconds: numbers.get('t') ?? null })
  }
  if (policies.size > 0) return [...policies.values()]
  const older = readOlder(headers, now)
  return older === null ? [] : [older]
}

/** When the Date header says that it is; null when absent or unreadable. */
export function readServerDate(headers: Headers): EpochMs | null {
  const at = Date.parse(headers.get('date') ?? '')
  return Number.isNaN(at) ? null : at
}

/** Until when to wait after a 429: Retry-After in seconds or as a date, held to 1..600 s; 300 s when it says nothing. */
export function readRetryUntil(headers: Headers, now: EpochMs): EpochMs {
  const text = headers.get('retry-after') ?? ''
  const seconds = readNumber(text) ?? (Date.parse(text) - (readServerDate(headers) ?? now)) / 1000
  return now + (Number.isNaN(seconds) ? 300 : Math.min(600, Math.max(1, seconds))) * 1000
}

function unknownLimit(policy: string): RateLimit {
  return { policy, quota: null, windowSeconds: null, remaining: null, resetSeconds: null }
}

/** Items of a structured field: a name, quoted or not, with numeric parameters. One without any says nothing. */
function readItems(header: string | null) {
  const text = (header ?? '').slice(0, longestHeader)
  return [...text.matchAll(/(?:"([^"]{1,100})"|([\w*.-]{1,100}))((?:\s*;\s*[\w-]+\s*=\s*[^;,]*)+)/g)]
    .map(([, quoted, bare, parameters = '']) => ({
      name: plainLine(quoted ?? bare ?? '', 100),
      numbers: new Map(
        parameters.split(';').flatMap((parameter) => {
          const [key = '', value = ''] = parameter.split('=')
          const number = readNumber(value)
          return number === null ? [] : [[key.trim().toLowerCase(), number] as const]
        }),
      ),
    }))
    .filter(({ numbers }) => numbers.size > 0)
}

function readOlder(headers: Headers, now: EpochMs): RateLimit | null {
  const [quota, remaining, reset] = ['limit', 'remaining', 'reset'].map(
    (name) => readNumber(headers.get(`x-ratelimit-${name}`) ?? '') ?? null,
  )
  if ((quota ?? remaining ?? null) === null) return null
  // A reset of that size is a moment (epoch seconds), not a span.
  const isMoment = typeof reset === 'number' && reset > largestNumber / 10
  const resetSeconds = isMoment ? Math.max(0, Math.ceil(reset - now / 1000)) : (reset ?? null)
  return { ...unknownLimit('x-ratelimit'), quota: quota ?? null, remaining: remaining ?? null, resetSeconds }
}

function readNumber(text: string): number | null {
  const trimmed = text.trim().replace(/^"(.*)"$/, '$1')
  return /^\d{1,10}(\.\d+)?$/.test(trimmed) ? Number(trimmed) : null
}
