import type { Effect } from '../events.ts'
import type { EpochMs } from '../failure.ts'
import { boundText } from '../wording.ts'
import type { Act, ActState } from './act.ts'

const noteLength = 300

/** "emergency disconnect" or "reconnect", as it stands in a sentence. */
export function verbOf({ direction }: Pick<Act, 'direction'>): string {
  return direction === 'disconnect' ? 'emergency disconnect' : 'reconnect'
}

/** A row for the ledger. `text` says what happened, for a stranger to read. */
export function record(act: Act, state: ActState, at: EpochMs, text: string): Effect {
  return { type: 'appendLedger', entry: { act, state, at, note: boundText(text, noteLength) } }
}
