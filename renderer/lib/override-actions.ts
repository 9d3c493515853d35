import type { Direction } from '../../main/engine/model.ts'
import type { Snapshot } from '../../main/engine/snapshot.ts'

/** What a person may ask for now: the acts that make sense in this state, or why there are none. */
export interface OverrideActions {
  readonly directions: readonly Direction[]
  /** Instead of buttons, or beside them. */
  readonly note: string | null
}

/** Buttons are offered only where they can lead to something: an observer sees a sentence, not a dead button. */
export function offerActions(snapshot: Snapshot): OverrideActions {
  if (snapshot.connection === null) return { directions: [], note: null }
  if (snapshot.connection.actsWith === 'none')
    return {
      directions: [],
      note: 'Observer: without an act token this connection can watch the override, not switch it.',
    }
  const { intent, state } = snapshot.override
  if (intent.kind === 'sending') return { directions: [], note: 'A switch is being sent.' }
  if (state === 'on') return { directions: ['reconnect'], note: null }
  if (state === 'off') return { directions: ['disconnect'], note: null }
  return {
    directions: ['disconnect', 'reconnect'],
    note: 'Whether the override is on is not known, so both are offered.',
  }
}
