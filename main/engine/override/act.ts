import type { EpochMs, Failure } from '../failure.ts'
import type { Direction, OverrideValue } from '../model.ts'

/**
 * The states that a ledger row can record of an act:
 * intended (on disk before anything is sent), sent (the answer came), unconfirmed (no answer: only reading can tell),
 * confirmed (a reading shows it), contradicted (a reading shows the opposite), refused (Cloudflare or we refused; nothing was switched).
 */
export const actStates = ['intended', 'sent', 'unconfirmed', 'confirmed', 'contradicted', 'refused'] as const
export type ActState = (typeof actStates)[number]

/** An act as the person confirmed it, frozen. Its id goes to Cloudflare in the justification. */
export interface Act {
  /** UUID v4, made when the confirmation window opened. */
  readonly id: string
  readonly accountId: string
  readonly accountName: string
  readonly kind: 'override'
  readonly direction: Direction
  /** What was seen when it was confirmed. */
  readonly seen: OverrideValue | 'unknown'
  /** Cloudflare's own timestamp of the state seen, verbatim. */
  readonly seenTimestamp: string | null
  /** Why, in the person's words; one line, 1..240 characters. */
  readonly reason: string
  /** The incident that it answers, if one was open. */
  readonly incident: string | null
  /** When the person wants to be asked to undo it; null: by hand. */
  readonly revertAt: EpochMs | null
  /** When the hold ended. */
  readonly at: EpochMs
}

/** What is appended to the ledger: the act with the state it is in now, and when. */
export interface LedgerEntry {
  readonly act: Act
  readonly state: ActState
  readonly at: EpochMs
  /** What happened, for a stranger to read; at most 300 characters. */
  readonly note: string
}

/**
 * The override as it is seen. A known "off" is a claim about the present and expires (see freshness.ts); a known
 * "on" goes stale but stays, because forgetting it would be wrong in the comforting direction.
 */
export type OverrideSeen =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'known'; readonly value: OverrideValue; readonly timestamp: string | null; readonly asOf: EpochMs }

/** What we mean to do with the override. */
export type OverrideIntent =
  | { readonly kind: 'none' }
  | { readonly kind: 'confirming'; readonly actId: string; readonly direction: Direction; readonly openedAt: EpochMs }
  /** `callId` is null until the ledger has the intent on disk: only then is the POST handed out. */
  | { readonly kind: 'sending'; readonly act: Act; readonly callId: number | null }
  /** It may or may not have been carried out. Settled by reading, never by sending again. */
  | {
      readonly kind: 'unconfirmed'
      readonly act: Act
      readonly since: EpochMs
      readonly cause: Failure | { readonly kind: 'crash' }
    }
  /** A reading shows it; the devices follow. `connectedBefore` is the connected count when it was confirmed. */
  | {
      readonly kind: 'converging'
      readonly act: Act
      readonly since: EpochMs
      readonly timestamp: string | null
      readonly connectedBefore: number | null
    }
  | {
      readonly kind: 'settled'
      readonly act: Act
      readonly at: EpochMs
      readonly outcome: 'done' | 'contradicted'
    }
  | { readonly kind: 'refused'; readonly act: Act; readonly at: EpochMs; readonly failure: Failure }
