import type { ActState } from '../../main/engine/override/act.ts'
import type { ShapeName } from './shapes.ts'

const states: Record<ActState, { readonly word: string; readonly shape: ShapeName }> = {
  intended: { word: 'intended', shape: 'information' },
  sent: { word: 'sent', shape: 'information' },
  unconfirmed: { word: 'unconfirmed', shape: 'unknown' },
  confirmed: { word: 'confirmed', shape: 'well' },
  contradicted: { word: 'contradicted', shape: 'critical' },
  refused: { word: 'refused', shape: 'degraded' },
}

/** A ledger row's state for a person. */
export function describeActState(state: ActState): { readonly word: string; readonly shape: ShapeName } {
  return states[state]
}
