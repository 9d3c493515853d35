import type { SwitchedBy } from '../../main/engine/snapshot.ts'

/** Who switched the override last, as far as that is known. */
export interface SwitchedByWords {
  readonly who: string
  readonly why: string | null
}

/** Fleetlight's own justification is "fleetlight/1 id=... revert=... inc=... | reason": a person wants the reason. */
function readReason(justification: string): string {
  const bar = justification.startsWith('fleetlight/1 ') ? justification.indexOf(' | ') : -1
  return bar === -1 ? justification : justification.slice(bar + 3)
}

export function describeSwitchedBy(switchedBy: SwitchedBy): SwitchedByWords {
  switch (switchedBy.kind) {
    case 'known': {
      const { entry, byUs } = switchedBy
      const who = byUs
        ? `${entry.actor}, from this Fleetlight`
        : `${entry.actor}${entry.via === '' ? '' : `, via ${entry.via}`}`
      return { who, why: entry.justification === null ? null : readReason(entry.justification) }
    }
    case 'notInLogYet':
      return { who: 'not in the audit log yet', why: null }
    case 'notPermitted':
      return { who: 'this token may not read the audit log (needs Account Settings Read)', why: null }
    case 'notAsked':
      return { who: 'the audit log has not been asked', why: null }
  }
}
