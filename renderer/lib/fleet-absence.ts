import type { Snapshot } from '../../main/engine/snapshot.ts'
import { describeFailure } from './failure-words.ts'
import type { ShapeName } from './shapes.ts'

/** Why there are no figures of the fleet to show: each case looks like itself. */
export interface FleetAbsence {
  readonly kind: 'loading' | 'offline' | 'asleep' | 'forbidden' | 'failed' | 'empty'
  readonly shape: ShapeName
  readonly title: string
  readonly text: string
}

/** Null: there are figures. A fleet without a single device is no figure but a case of its own, never a calm one. */
export function explainAbsence(snapshot: Snapshot): FleetAbsence | null {
  const { fleet, presence, lastError } = snapshot
  if (fleet !== null) return fleet.total === 0 ? describeEmpty(fleet.windowMinutes) : null
  if (presence === 'offline')
    return {
      kind: 'offline',
      shape: 'offline',
      title: 'No network',
      text: 'The fleet is read as soon as this machine is back on the network.',
    }
  if (presence === 'asleep')
    return { kind: 'asleep', shape: 'offline', title: 'Asleep', text: 'Nothing is watched while this machine sleeps.' }
  if (lastError === null)
    return { kind: 'loading', shape: 'unknown', title: 'Reading the fleet', text: 'The first answer is on its way.' }
  const isForbidden = lastError.failure.kind === 'forbidden'
  return {
    kind: isForbidden ? 'forbidden' : 'failed',
    shape: isForbidden ? 'degraded' : 'unknown',
    title: isForbidden ? 'The fleet may not be read with this token' : 'The fleet could not be read',
    text: describeFailure(lastError.failure),
  }
}

function describeEmpty(windowMinutes: number): FleetAbsence {
  return {
    kind: 'empty',
    shape: 'unknown',
    title: 'Cloudflare counts no device at all',
    text: `Not one device was seen in the last ${windowMinutes} min. Either the account has none, or all of them fell silent.`,
  }
}
