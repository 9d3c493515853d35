import type { EpochMs } from '../failure.ts'
import type { OverrideClaim } from '../freshness.ts'
import type { OverrideView } from '../snapshot.ts'
import type { EngineState } from '../state.ts'
import { spanOf } from '../wording.ts'
import { claimNow } from './claim.ts'
import { viewConvergence } from './convergence.ts'
import type { OverrideState } from './override-state.ts'

/** The override for the windows. */
export function viewOverride(state: EngineState, at: EpochMs): OverrideView {
  const { override, settings } = state
  const { seen, intent, switchedBy } = override
  const claim = claimNow(override, at, settings)
  return {
    ...claim,
    timestamp: seen.kind === 'known' ? seen.timestamp : null,
    asOf: seen.kind === 'known' ? seen.asOf : null,
    intent,
    switchedBy,
    convergence: viewConvergence(state),
    sentence: sayOverride(override, claim, at),
  }
}

/** What may be said of the override, a sentence without its full stop. */
function sayOverride({ seen, isSilent, post }: OverrideState, claim: OverrideClaim, at: EpochMs): string {
  if (seen.kind === 'unknown') return isSilent ? silence : 'The override was not read yet'
  const age = spanOf(at - seen.asOf)
  if (claim.state !== 'unknown') {
    const isOld = claim.freshness !== 'fresh'
    return isOld ? `Override ${claim.state}, not read for ${age}` : `Override ${claim.state}`
  }
  if (isSilent) return silence
  return post === null
    ? `The override is unknown: not read for ${age}`
    : 'The override is unknown until it is read back'
}

const silence = 'Cloudflare does not say whether the override is on'
