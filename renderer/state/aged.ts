import type { AppView } from '../../preload/contract.ts'
import type { Freshness } from '../../main/engine/snapshot.ts'

const age = (freshness: Freshness): Freshness => (freshness === 'fresh' ? 'stale' : freshness)

/**
 * The same view as it must be shown when main no longer answers this window: nothing in it counts as fresh. An
 * override that is on stays on, with the stale mark; whatever was calm is calm no more.
 */
export function ageView(view: AppView): AppView {
  const { snapshot } = view
  const { face, fleet, override } = snapshot
  const keepsFace = face.name === 'override-on' || face.name === 'signed-out'
  return {
    ...view,
    snapshot: {
      ...snapshot,
      face: keepsFace
        ? { ...face, isStale: true }
        : { name: 'stale', tone: 'stale', isStale: true, sentence: 'This window has lost touch with Fleetlight' },
      detail: 'Everything below is as it was last told. The tray may know more.',
      fleet: fleet === null ? null : { ...fleet, freshness: age(fleet.freshness) },
      override: { ...override, freshness: age(override.freshness) },
    },
  }
}
