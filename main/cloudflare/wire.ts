import type { EpochMs } from '../engine/failure.ts'

/** Where and how requests go. */
export interface Wire {
  /** Without slashes at its end, so that paths can be put behind it. */
  readonly baseUrl: string
  readonly fetch: typeof globalThis.fetch
  /** For a whole call, from connecting to the last byte. */
  readonly deadlineMs: number
  /** The longest body that is read, in bytes, as it is after decompression. */
  readonly maxBytes: number
  readonly now: () => EpochMs
}

export interface WireOptions {
  /** Such as https://api.cloudflare.com/client/v4. Tokens go to addresses under it and nowhere else. */
  readonly baseUrl: string
  /**
   * Node's own, never Electron's `net.fetch`. Measured in Electron 33 against a server that carries a POST out and then
   * cuts the connection: Chromium sends it again whenever that connection had been used before, and again after a 408,
   * and no option refuses that. Node's sends it once. Besides, a status above 599 or a header that is not Latin-1 throws
   * past `net.fetch` into the process, and a body that is given up keeps its connection. The price is that the system's
   * proxy and its own certificates are not used. With `redirect: 'manual'` Node's gives the redirect as the answer;
   * `net.fetch` rejects ("Redirect was cancelled"). Neither sends the token on, and both end as a failure here.
   */
  readonly fetch: typeof globalThis.fetch
  /** 20 s unless told. */
  readonly deadlineMs?: number
  /** 8 MiB unless told. */
  readonly maxBytes?: number
  readonly now?: () => EpochMs
}

/** Throws when `baseUrl` is no address: it is a constant or was parsed before. */
export function openWire({ baseUrl, fetch, deadlineMs = 20_000, maxBytes = 8 * 1024 * 1024, now }: WireOptions): Wire {
  return { baseUrl: normalise(baseUrl), fetch, deadlineMs, maxBytes, now: now ?? Date.now }
}

/** As the SDK will write it (no default port, lower-case host), since requests are compared with it. */
function normalise(baseUrl: string): string {
  const { origin, pathname } = new URL(baseUrl)
  return origin + pathname.replace(/\/+$/, '')
}
