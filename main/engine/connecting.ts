import type { Memory } from './events.ts'
import type { EpochMs } from './failure.ts'
import { addRecent } from './fleet/expectation.ts'
import { addToWeek } from './fleet/week.ts'
import type { Connection } from './model.ts'
import { note } from './notices.ts'
import type { OverrideState } from './override/override-state.ts'
import { startOverride } from './override/override-state.ts'
import { verbOf } from './override/words.ts'
import { openGap } from './presence.ts'
import { urge } from './schedule/streams.ts'
import { startWatching } from './state.ts'
import type { EngineState } from './state.ts'
import { expectEnding, recallWarnings } from './tokens.ts'
import { inOrder, rest } from './turn.ts'
import type { Turn } from './turn.ts'

/** Watches a connection from now on, with what the store still knows of it. Whatever was watched before is forgotten. */
export function connect(state: EngineState, connection: Connection, memory: Memory, at: EpochMs): Turn {
  const blank = startWatching(state.settings)
  const { recentConnected, lastWeek, watchedUntil } = memory
  const fleet = {
    ...blank.fleet,
    recent: recentConnected.reduce((known, each) => addRecent(known, each.at, each.connected), blank.fleet.recent),
    week: addToWeek([], lastWeek, at),
  }
  const watched: EngineState = {
    ...state,
    ...blank,
    connection,
    fleet,
    override: takeUpActs(memory, at),
    notificationsPausedUntil: memory.notificationsPausedUntil,
  }
  return inOrder(
    recallWarnings(watched, watchedUntil),
    (each) => rest(each, note(at, 'did', 'information', `Watching ${connection.accountName}`)),
    (each) => (watchedUntil === null ? rest(each) : openGap(each, watchedUntil, at)),
    (each) => tellTakenUp(each, at),
  )
}

export function disconnect(state: EngineState): Turn {
  return rest({ ...state, connection: null, ...startWatching(state.settings) })
}

/** The tokens changed: everything is asked again, for what was refused before may be granted now. */
export function renewConnection(state: EngineState, connection: Connection, at: EpochMs): Turn {
  if (state.connection?.id !== connection.id) return rest(state)
  const { streams } = state
  const asked = {
    override: urge(streams.override),
    fleet: urge(streams.fleet),
    audit: urge(streams.audit),
    verify: urge(streams.verify),
    history: urge(streams.history),
  }
  const renewed = expectEnding({ ...state, connection, streams: asked }, state.connection.expiresOn)
  return rest(renewed, note(at, 'did', 'information', `The tokens of ${connection.accountName} were changed`))
}

/**
 * Acts from before this start whose end is not known. Whether one that was only intended was sent cannot be known: all
 * are settled by reading and none is sent again.
 */
function takeUpActs({ unsettled }: Memory, at: EpochMs): OverrideState {
  const acts = unsettled.map(({ act }) => act)
  const newest = acts.at(-1)
  if (newest === undefined) return startOverride()
  return {
    ...startOverride(),
    intent: { kind: 'unconfirmed', act: newest, since: at, cause: { kind: 'crash' } },
    older: acts.slice(0, -1),
    ownActs: acts.map(({ id }) => id),
  }
}

function tellTakenUp(state: EngineState, at: EpochMs): Turn {
  const { intent } = state.override
  if (intent.kind !== 'unconfirmed') return rest(state)
  const text = `Fleetlight ended while this was on its way: ${verbOf(intent.act)} (${intent.act.reason}). Whether it was carried out is not known: the override is read until it is, and nothing is sent again`
  return rest(state, note(at, 'saw', 'stale', text))
}
