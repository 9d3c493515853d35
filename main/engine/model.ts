import type { EpochMs } from './failure.ts'

/** The dimensions in which Cloudflare's DEX counts the fleet. */
export const dimensions = ['status', 'mode', 'platform', 'colo', 'version'] as const
export type Dimension = (typeof dimensions)[number]

/** How many devices were counted under one value of a dimension. */
export interface Count {
  readonly value: string
  readonly count: number
}

/**
 * One answer of DEX fleet status live. A group is null when Cloudflare sent none. A device may be counted under
 * several values of a dimension in one window, so counts are never assumed to add up to the total.
 */
export interface FleetSummary {
  readonly total: number
  readonly by: Readonly<Record<Dimension, readonly Count[] | null>>
}

/** A fleet summary with the moment it was read and the window (minutes, 1..60) that it counts. */
export interface FleetReading {
  readonly summary: FleetSummary
  readonly windowMinutes: number
  readonly asOf: EpochMs
}

/** One point of DEX fleet status over time. */
export interface HistoryPoint {
  readonly at: EpochMs
  readonly dimension: 'status' | 'mode'
  readonly value: string
  readonly count: number
}

export type OverrideValue = 'on' | 'off'
/** Which way an act turns the Global WARP override: disconnect = on, reconnect = off. */
export type Direction = 'disconnect' | 'reconnect'

/** What GET resilience/disconnect said. `value` is null when the result or the field was null or absent. */
export interface OverrideAnswer {
  readonly value: OverrideValue | null
  /** Cloudflare's own time of the last switch, verbatim; null when it sent none. */
  readonly timestamp: string | null
}

/** Who switched the override, from the audit log. All text is data from outside: bounded, never acted upon. */
export interface AuditEntry {
  readonly id: string
  readonly at: EpochMs
  readonly actor: string
  readonly via: string
  readonly direction: Direction | null
  readonly justification: string | null
}

export type TokenRole = 'watch' | 'act'

/** What verifying a token said. */
export interface TokenVerdict {
  readonly tokenId: string
  readonly status: string
  /** null: the token does not expire. */
  readonly expiresOn: EpochMs | null
  readonly owner: 'user' | 'account'
}

/** What the engine knows of the connection that it watches. No secret is ever part of it. */
export interface Connection {
  readonly id: string
  readonly accountId: string
  readonly accountName: string
  readonly isDemo: boolean
  /** With which token an act would be sent; none makes the app an observer. */
  readonly actsWith: 'actToken' | 'watchToken' | 'none'
  /** 'memory': no keychain, the token is lost at quit. */
  readonly tokensHeldIn: 'keychain' | 'memory'
  readonly expiresOn: Readonly<Record<TokenRole, EpochMs | null>>
}
