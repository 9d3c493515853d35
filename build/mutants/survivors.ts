/** A mutant that no test kills, and why that is right: it behaves the same, or the difference can reach nobody. */
export interface Survivor {
  readonly file: string
  /** The line as it is, and as the mutant has it, white space collapsed. */
  readonly line: string
  readonly mutant: string
  readonly reason: string
}

export const survivors: readonly Survivor[] = []
