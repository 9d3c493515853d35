import type { Answers } from '../calls.ts'
import type { EpochMs, Failure } from '../failure.ts'
import type { AuditEntry, Direction } from '../model.ts'
import { note } from '../notices.ts'
import type { EngineState } from '../state.ts'
import { rest } from '../turn.ts'
import type { Turn } from '../turn.ts'
import { actIdIn } from './justification.ts'
import type { Inquiry } from './override-state.ts'

const secondMs = 1000
const entriesKept = 20
/** Clocks differ, and the audit log's own time may be a little before the switch. */
const slackMs = 600_000
/** How soon a switch stands in the audit log is not documented. The pauses after no, one, two ... answers without it. */
const pausesMs = [15, 15, 30, 60, 120, 240, 480].map((seconds) => seconds * secondMs)

/** Asks the audit log who made a switch that was not there yet at `since`. */
export function inquire(state: EngineState, direction: Direction, since: EpochMs, actId: string | null): Turn {
  const { override, streams } = state
  const inquiry: Inquiry = { direction, since: since - slackMs, actId, tries: 0 }
  return rest({
    ...state,
    override: { ...override, switchedBy: { kind: 'notAsked' }, inquiry },
    streams: { ...streams, audit: { ...streams.audit, askedAt: null, backOff: 0 } },
  })
}

/** The pause before the audit log is asked the next time; null: it has nothing to say. */
export function auditPauseMs({ inquiry }: EngineState['override']): number | null {
  return inquiry === null ? null : (pausesMs[inquiry.tries] ?? null)
}

/** Takes in what the audit log says of the switch that is asked about. */
export function takeAudit(state: EngineState, { entries }: Answers['readOverrideAudit'], at: EpochMs): Turn {
  const { override } = state
  const { inquiry } = override
  if (inquiry === null) return rest(state)
  const entry = choose(entries, override.attributed, inquiry)
  if (entry === null) {
    const tries = inquiry.tries + 1
    return rest({
      ...state,
      override: { ...override, switchedBy: { kind: 'notInLogYet' }, inquiry: { ...inquiry, tries } },
    })
  }
  const actId = actIdIn(entry.justification)
  const byUs = override.ownActs.some((id) => id === actId)
  const who = byUs ? `${entry.actor}, from this Fleetlight` : `${entry.actor} via ${entry.via}`
  const why = entry.justification === null ? '' : `: ${entry.justification}`
  return rest(
    {
      ...state,
      override: {
        ...override,
        switchedBy: { kind: 'known', entry, byUs },
        inquiry: null,
        attributed: [...override.attributed, entry.id].slice(-entriesKept),
      },
    },
    note(at, 'saw', 'override', `Cloudflare's audit log: the override was switched by ${who}${why}`),
  )
}

/** Without the permission there is no use in asking again; any other failure is tried again. */
export function failAudit(state: EngineState, failure: Failure, at: EpochMs): Turn {
  if (failure.kind !== 'forbidden') return rest(state)
  const text = `Who switched the override cannot be told: the token needs "${failure.scope}" to read the audit log`
  return rest(
    { ...state, override: { ...state.override, switchedBy: { kind: 'notPermitted' }, inquiry: null } },
    note(at, 'failed', 'information', text),
  )
}

/** The entry of our act; where it never comes, or where it was another's, the newest of that direction. */
function choose(
  entries: readonly AuditEntry[],
  attributed: readonly string[],
  { direction, since, actId, tries }: Inquiry,
): AuditEntry | null {
  const fitting = entries
    .filter((entry) => entry.at >= since && !attributed.includes(entry.id))
    .filter((entry) => entry.direction === null || entry.direction === direction)
    .sort((a, b) => b.at - a.at)
  const newest = fitting[0] ?? null
  if (actId === null) return newest
  const own = fitting.find((entry) => actIdIn(entry.justification) === actId)
  return own ?? (tries === pausesMs.length - 1 ? newest : null)
}
