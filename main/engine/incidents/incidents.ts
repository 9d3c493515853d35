import type { EngineState } from '../state.ts'
import type { Incident, Severity } from './incident.ts'

/** The open incident of a kind. */
export function incidentOf({ incidents }: EngineState, kind: Incident['kind']): Incident | null {
  return incidents.find((incident) => incident.kind === kind) ?? null
}

/** Opens it, or puts it in the place of the one of its kind. */
export function putIncident(state: EngineState, incident: Incident): EngineState {
  const others = state.incidents.filter(({ kind }) => kind !== incident.kind)
  return { ...state, incidents: [...others, incident].sort(bySeverity) }
}

export function closeIncident(state: EngineState, closed: Incident['kind']): EngineState {
  return { ...state, incidents: state.incidents.filter(({ kind }) => kind !== closed) }
}

const ranks: Readonly<Record<Severity, number>> = { critical: 0, degraded: 1 }

/** The most severe first, of equals the oldest. */
function bySeverity(a: Incident, b: Incident): number {
  return ranks[a.severity] - ranks[b.severity] || a.since - b.since
}
