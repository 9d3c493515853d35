import type { EpochMs, FailureKind } from './failure.ts'
import type { FaceName } from './face.ts'
import type { OverrideIntent } from './override/act.ts'
import type { Severity } from './incidents/incident.ts'
import { takeSnapshot } from './snapshot.ts'
import type { EngineState } from './state.ts'

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

/** What scripts are told of the state at `at`. */
export function makeStatus(state: EngineState, at: EpochMs, version: string): StatusReport {
  const { face, override, incidents, fuel, lastError } = takeSnapshot(state, at)
  const { reading } = state.fleet
  return {
    schema: 1,
    face: face.name,
    override: {
      state: override.state,
      intent: override.intent.kind,
      timestamp: override.timestamp,
      asOf: override.asOf,
    },
    fleet:
      reading === null
        ? null
        : {
            total: reading.summary.total,
            byStatus: Object.fromEntries((reading.summary.by.status ?? []).map(({ value, count }) => [value, count])),
            asOf: reading.asOf,
          },
    incidents: incidents.map(({ id, severity, count, since }) => ({ id, severity, count, since })),
    budget: { used: fuel.watch.used, limit: fuel.watch.limit, windowS: fuel.watch.windowSeconds },
    lastError: lastError === null ? null : { kind: lastError.failure.kind, at: lastError.at },
    version,
    writtenAt: at,
  }
}
