import type { EpochMs } from '../failure.ts'
import { claimOverride } from '../freshness.ts'
import type { OverrideClaim } from '../freshness.ts'
import type { WatchSettings } from '../settings.ts'
import type { OverrideState } from './override-state.ts'

/** What may be claimed of the override at `at`. A reading from before our POST says nothing of what it is after it. */
export function claimNow(override: OverrideState, at: EpochMs, settings: WatchSettings): OverrideClaim {
  const { seen, isSilent, seenByCall, post } = override
  return claimOverride(seen, isSilent || (post !== null && seenByCall <= post.callId), at, settings)
}
