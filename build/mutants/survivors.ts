/** A mutant that no test kills, and why that is right: it behaves the same, or the difference can reach nobody. */
export interface Survivor {
  readonly file: string
  /** The line as it is, and as the mutant has it, white space collapsed. */
  readonly line: string
  readonly mutant: string
  readonly reason: string
}

export const survivors: readonly Survivor[] = [
  {
    file: 'main/engine/override/attribution.ts',
    line: 'if (inquiry === null) return rest(state)',
    mutant: 'if (false) return rest(state)',
    reason: 'The audit log is asked only while there is an inquiry, and nothing but its answer ends one.',
  },
  {
    file: 'main/engine/override/claim.ts',
    line: 'return claimOverride(seen, isSilent || (post !== null && seenByCall <= post.callId), at, settings)',
    mutant: 'return claimOverride(seen, isSilent || (post !== null && seenByCall < post.callId), at, settings)',
    reason: 'No two calls have the same id, so a reading never has the id of a POST.',
  },
  {
    file: 'main/engine/override/confirm.ts',
    line: "if (intent.kind !== 'confirming' || intent.actId !== actId) return rest(state)",
    mutant: 'if (false || intent.actId !== actId) return rest(state)',
    reason: 'Only an intent that is being confirmed has an actId; the kind is asked for the sake of its type.',
  },
  {
    file: 'main/engine/override/justification.ts',
    line: "return uuid.exec(justification ?? '')?.[1] ?? null",
    mutant: 'return uuid.exec(justification ?? "Stryker was here!")?.[1] ?? null',
    reason: 'Either text in place of none at all names no act.',
  },
  {
    file: 'main/engine/override/take-override.ts',
    line: 'if (override.post !== null && call.callId <= override.post.callId) return rest(awaitReading(state))',
    mutant: 'if (override.post !== null && call.callId < override.post.callId) return rest(awaitReading(state))',
    reason: 'No two calls have the same id, so a reading never has the id of a POST.',
  },
  {
    file: 'main/engine/schedule/governor-limits.ts',
    line: 'if (policy.remaining === null || !isAhead(policy.resetsAt, at)) return null',
    mutant: 'if (false || !isAhead(policy.resetsAt, at)) return null',
    reason: 'A policy that never told what is left has no reset ahead either; null is asked for the sake of its type.',
  },
  {
    file: 'main/engine/schedule/governor-limits.ts',
    line: "name: 'documented',",
    mutant: 'name: "",',
    reason: 'The documented policy stands for itself and is never looked up by its name.',
  },
]
