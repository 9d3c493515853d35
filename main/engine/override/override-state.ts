import type { EpochMs } from '../failure.ts'
import type { Direction } from '../model.ts'
import type { SwitchedBy } from '../snapshot.ts'
import type { Act, OverrideIntent, OverrideSeen } from './act.ts'

/** What is known of the override, and what we mean to do with it. */
export interface OverrideState {
  readonly seen: OverrideSeen
  /** The newest answer did not say whether it is on. */
  readonly isSilent: boolean
  /** Id of the call whose answer is seen; 0: none yet. */
  readonly seenByCall: number
  /** Cloudflare's timestamp from before the last switch: an answer that still bears it comes from the past. */
  readonly outdated: string | null
  readonly intent: OverrideIntent
  /** The one POST of an intent that is not settled yet; null also when it was sent before this start, if at all. */
  readonly post: Post | null
  /** Readings after the POST that do not show what was meant. */
  readonly doubt: Doubt | null
  /** Connected devices when the act was confirmed by the person; null: not known. */
  readonly connectedBefore: number | null
  /** Acts before the one of the intent whose end is not known either: the same reading settles them. */
  readonly older: readonly Act[]
  /** Ids of our newest acts. */
  readonly ownActs: readonly string[]
  /** How the devices follow the last switch, ours or another's; null: nothing moves. */
  readonly following: Following | null
  readonly switchedBy: SwitchedBy
  /** What the audit log is asked; null: nothing. */
  readonly inquiry: Inquiry | null
  /** Ids of the audit log's newest entries that were told of already: another switch has another entry. */
  readonly attributed: readonly string[]
}

/** A POST on its way, or whose result is to be read. */
export interface Post {
  readonly callId: number
  readonly handedOutAt: EpochMs
  /** When Cloudflare accepted it; null: it has not answered. */
  readonly acceptedAt: EpochMs | null
  /** What was known of the override at that moment. */
  readonly before: Sight
}

/** What was known of the override at a moment, as an act records it. */
export type Sight = Pick<Act, 'seen' | 'seenTimestamp'>

export interface Doubt {
  readonly since: EpochMs
  readonly readings: number
}

export interface Following {
  readonly direction: Direction
  readonly since: EpochMs
  readonly connectedBefore: number | null
  /** After a disconnect: how many may stay connected, by their platforms; null: not known. */
  readonly staying: number | null
}

export interface Inquiry {
  readonly direction: Direction
  /** Entries before this are of an earlier switch. */
  readonly since: EpochMs
  /** Our act whose entry is looked for; null: another's. */
  readonly actId: string | null
  /** Answers so far without it. */
  readonly tries: number
}

export function startOverride(): OverrideState {
  return {
    seen: { kind: 'unknown' },
    isSilent: false,
    seenByCall: 0,
    outdated: null,
    intent: { kind: 'none' },
    post: null,
    doubt: null,
    connectedBefore: null,
    older: [],
    ownActs: [],
    following: null,
    switchedBy: { kind: 'notAsked' },
    inquiry: null,
    attributed: [],
  }
}
