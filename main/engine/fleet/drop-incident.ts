import type { EpochMs } from '../failure.ts'
import type { Notice } from '../events.ts'
import type { Incident } from '../incidents/incident.ts'
import { incidentId } from '../incidents/incident-id.ts'
import { closeIncident, incidentOf, putIncident } from '../incidents/incidents.ts'
import { tell } from '../notices.ts'
import { claimNow } from '../override/claim.ts'
import type { EngineState } from '../state.ts'
import { rest } from '../turn.ts'
import type { Turn } from '../turn.ts'
import { countOf, devicesOf, spanOf } from '../wording.ts'
import { hasHeld, updateDrop } from './drop.ts'
import type { Drop } from './drop.ts'
import { expectDevices, paceBetween } from './expectation.ts'
import type { CountedReading } from './fleet-state.ts'

/** A drop waits so long at most for a reading of the override that could explain it. */
const longestWaitMs = 30_000

/** Holds a count against what is expected: a drop that holds becomes an incident, and ends when the devices are back. */
export function watchDrop(state: EngineState, { connected, asOf }: CountedReading, at: EpochMs): Turn {
  const { fleet, settings } = state
  const pace = fleet.drop === null ? 1 : paceBetween(fleet.week, fleet.drop.since, asOf)
  const expectation = expectDevices(fleet.recent, fleet.week, connected, asOf)
  const drop = updateDrop(fleet.drop, { connected, expectation, pace }, asOf, settings)
  if (drop === null) {
    const next = { ...state, fleet: { ...fleet, drop } }
    return fleet.drop?.told == null ? rest(next) : tellRecovery(next, fleet.drop, connected, at)
  }
  const isTold = drop.told !== null || (hasHeld(drop, asOf, settings) && couldBeExplained(state, drop, at))
  if (!isTold) return rest({ ...state, fleet: { ...fleet, drop } })
  const told = drop.told === 'critical' ? 'critical' : drop.severity
  return tellDrop({ ...state, fleet: { ...fleet, drop: { ...drop, told } } }, drop, connected, at)
}

/** Whether the override was read since the devices went, or cannot be waited for any longer. */
function couldBeExplained({ override: { seen } }: EngineState, drop: Drop, at: EpochMs): boolean {
  return (seen.kind === 'known' && seen.asOf >= drop.since) || at - drop.since >= longestWaitMs
}

function tellDrop(state: EngineState, drop: Drop, connected: number, at: EpochMs): Turn {
  const before = incidentOf(state, 'fleetDrop')
  const incident: Incident = {
    id: before?.id ?? incidentId('fleetDrop', drop.since),
    kind: 'fleetDrop',
    severity: drop.severity,
    count: drop.missing,
    since: before?.since ?? drop.since,
    expected: drop.expected,
    sentence: `${countOf(drop.missing)} of ${devicesOf(drop.expected)} lost connection`,
  }
  const next = putIncident(state, incident)
  if (drop.told === null)
    return rest(next, ...tell(next, at, drop.severity, onset(state, incident, drop, connected, at)))
  if (drop.told === 'critical' || drop.severity === 'degraded') return rest(next)
  return rest(next, ...tell(next, at, 'critical', escalation(incident, connected)))
}

function onset(state: EngineState, { id }: Incident, drop: Drop, connected: number, at: EpochMs): Notice {
  const { state: override } = claimNow(state.override, at, state.settings)
  const counts = `${countOf(connected)} are connected, ${countOf(drop.expected)} were expected (${drop.from})`
  const explanation =
    override === 'off' ? 'The override is off and does not explain it' : 'Whether the override explains it is not known'
  return {
    key: `drop:${id}`,
    urgency: 'critical',
    title: `${devicesOf(drop.missing)} lost connection`,
    body: `${counts}, for ${spanOf(at - drop.since)}. ${explanation}. ${id}`,
    opens: 'overview',
  }
}

function escalation({ id, sentence }: Incident, connected: number): Notice {
  return {
    key: `drop-critical:${id}`,
    urgency: 'critical',
    title: `${id} is critical now`,
    body: `${sentence}, ${countOf(connected)} are connected`,
    opens: 'overview',
  }
}

function tellRecovery(state: EngineState, drop: Drop, connected: number, at: EpochMs): Turn {
  const incident = incidentOf(state, 'fleetDrop')
  const next = closeIncident(state, 'fleetDrop')
  if (incident === null) return rest(next)
  const title = `Devices are back: ${countOf(connected)} connected`
  const body = `${incident.id} is over after ${spanOf(at - incident.since)}. At worst ${countOf(drop.worst)} of ${countOf(drop.expected)} were missing`
  return rest(
    next,
    ...tell(next, at, 'well', { key: `recovered:${incident.id}`, urgency: 'normal', title, body, opens: 'overview' }),
  )
}
