import type { EpochMs } from '../failure.ts'

export type Severity = 'degraded' | 'critical'

/** Something that is wrong with the fleet or with our sight of it, from onset to end. */
export interface Incident {
  /** `INC-` and six characters, derived from the kind and the onset. */
  readonly id: string
  readonly kind: 'fleetDrop' | 'unreachable' | 'tokenRefused'
  readonly severity: Severity
  /** Devices missing now (fleetDrop), else 0. */
  readonly count: number
  /** Onset: when the condition began, not when it was told. */
  readonly since: EpochMs
  /** Connected devices expected at the onset; it never shrinks while the incident is open. Null unless fleetDrop. */
  readonly expected: number | null
  /** What a colleague would say, one sentence without its full stop. */
  readonly sentence: string
}
