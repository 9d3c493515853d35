import type { Effect } from './events.ts'
import type { EngineState } from './state.ts'

/** What came of something that happened: the new state, and what is to be done, in order. */
export interface Turn {
  readonly state: EngineState
  readonly effects: readonly Effect[]
}

export type Step = (state: EngineState) => Turn

/** A turn in which nothing is to be done. */
export function rest(state: EngineState, ...effects: readonly Effect[]): Turn {
  return { state, effects }
}

/** Takes one step after another; each begins where the one before ended. */
export function inOrder(state: EngineState, ...steps: readonly Step[]): Turn {
  return steps.reduce<Turn>((turn, step) => {
    const next = step(turn.state)
    return { state: next.state, effects: [...turn.effects, ...next.effects] }
  }, rest(state))
}
