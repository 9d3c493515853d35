import type { EpochMs, FailureKind } from './failure.ts'
import type { FaceName } from './face.ts'
import type { OverrideIntent } from './override/act.ts'
import type { Severity } from './incidents/incident.ts'

/** The content of status.json, the answer of `--status --json`. Schema 1; fields are only ever added. */
export interface StatusReport {
  readonly schema: 1
  readonly face: FaceName
  readonly override: {
    readonly state: 'on' | 'off' | 'unknown'
    readonly intent: OverrideIntent['kind']
    readonly timestamp: string | null
    readonly asOf: EpochMs | null
  }
  readonly fleet: {
    readonly total: number
    readonly byStatus: Readonly<Record<string, number>>
    readonly asOf: EpochMs
  } | null
  readonly incidents: readonly {
    readonly id: string
    readonly severity: Severity
    readonly count: number
    readonly since: EpochMs
  }[]
  readonly budget: { readonly used: number; readonly limit: number; readonly windowS: number }
  readonly lastError: { readonly kind: FailureKind; readonly at: EpochMs } | null
  readonly version: string
  readonly writtenAt: EpochMs
}
