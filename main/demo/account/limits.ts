import type { EpochMs } from '../../engine/failure.ts'
import { roll } from '../fleet/roll.ts'

/**
 * Cloudflare documents 1,200 requests per 5 minutes for a user or account token, everything else of that user counted in,
 * and 200 a second for an address. Who goes over the first is blocked for the next 5 minutes, whatever is called.
 */
const quota = 1200
const windowMs = 300_000
const burstQuota = 200
const burstWindowMs = 1000

/** What the limits say to one request: its headers, and whether it is let through. */
export interface LimitVerdict {
  readonly isAllowed: boolean
  readonly headers: Readonly<Record<string, string>>
}

interface Window {
  readonly from: EpochMs
  used: number
  blockedUntil: EpochMs | null
}

/**
 * Counts requests per owner of a limit. Windows begin with the first request (assumed). The others are the same person's
 * dashboard and scripts: `othersPerMinute` of them on average.
 */
export class Limits {
  readonly #seed: number
  readonly #othersPerMinute: number
  readonly #windows = new Map<string, Window>()
  #burst = { from: 0, used: 0 }

  constructor(seed: number, othersPerMinute: number) {
    this.#seed = seed
    this.#othersPerMinute = othersPerMinute
  }

  /** Counts one request in. `at` is a moment of the account's life. */
  count(owner: string, at: EpochMs): LimitVerdict {
    if (at - this.#burst.from >= burstWindowMs) this.#burst = { from: at, used: 0 }
    this.#burst.used += 1
    const window = this.#windowOf(owner, at)
    window.used += 1
    const used = window.used + this.#others(owner, window.from, at)
    if (window.blockedUntil === null && used > quota) window.blockedUntil = at + windowMs
    const resetMs = (window.blockedUntil ?? window.from + windowMs) - at
    const isBurst = this.#burst.used > burstQuota
    const isBlocked = window.blockedUntil !== null
    const left = isBlocked ? 0 : quota - used
    const headers = limitHeaders(left, resetMs, Math.max(0, burstQuota - this.#burst.used))
    if (isBlocked) return { isAllowed: false, headers: { ...headers, 'retry-after': seconds(resetMs) } }
    if (isBurst) return { isAllowed: false, headers: { ...headers, 'retry-after': seconds(burstWindowMs) } }
    return { isAllowed: true, headers }
  }

  /** What the others of an owner use up at once. */
  useUp(owner: string, requests: number, at: EpochMs): void {
    this.#windowOf(owner, at).used += requests
  }

  #windowOf(owner: string, at: EpochMs): Window {
    const window = this.#windows.get(owner)
    if (window !== undefined && at < (window.blockedUntil ?? window.from + windowMs)) return window
    const next: Window = { from: at, used: 0, blockedUntil: null }
    this.#windows.set(owner, next)
    return next
  }

  /** Only a person has a dashboard open; an account's token is used by nobody else. */
  #others(owner: string, from: EpochMs, at: EpochMs): number {
    if (owner !== 'user') return 0
    const busy = 0.5 + roll(this.#seed, Math.floor(from / windowMs))
    return Math.floor(((at - from) / 60_000) * this.#othersPerMinute * busy)
  }
}

/** The headers of every answer to a known token; Cloudflare documents names and form, that both policies come is assumed. */
function limitHeaders(left: number, resetMs: number, burstLeft: number): Readonly<Record<string, string>> {
  return {
    ratelimit: `"default";r=${left};t=${seconds(resetMs)}, "burst";r=${burstLeft};t=1`,
    'ratelimit-policy': `"default";q=${quota};w=${windowMs / 1000}, "burst";q=${burstQuota};w=${burstWindowMs / 1000}`,
  }
}

function seconds(ms: number): string {
  return String(Math.max(1, Math.ceil(ms / 1000)))
}
