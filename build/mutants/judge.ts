import { matchesGlob } from 'node:path'

import type { Area } from './areas.ts'
import type { Survivor } from './survivors.ts'

/** A mutant as it came out of a run. */
export interface Mutant {
  readonly file: string
  readonly line: string
  readonly mutant: string
  readonly outcome: 'killed' | 'survived'
}

export interface Verdict {
  readonly scores: readonly { readonly area: string; readonly killed: number; readonly total: number }[]
  /** What is wrong, each in a line or two; empty when all is well. */
  readonly complaints: readonly string[]
}

const leastPercent = 85

/** Holds a run against the least score of each area and against the list of survivors. */
export function judge(
  mutants: readonly Mutant[],
  globs: Readonly<Partial<Record<Area, string>>>,
  listed: readonly Survivor[],
): Verdict {
  const scores = Object.entries(globs).map(([area, glob]) => {
    const here = mutants.filter(({ file }) => matchesGlob(file, glob))
    return { area, killed: here.filter(({ outcome }) => outcome === 'killed').length, total: here.length }
  })
  const isSame = (a: Omit<Survivor, 'reason'>, b: Omit<Survivor, 'reason'>) =>
    a.file === b.file && a.line === b.line && a.mutant === b.mutant
  const alive = mutants.filter(({ outcome }) => outcome === 'survived')
  const expected = listed.filter(({ file }) => Object.values(globs).some((glob) => matchesGlob(file, glob)))
  return {
    scores,
    complaints: [
      ...scores
        .filter(({ killed, total }) => total === 0 || killed * 100 < total * leastPercent)
        .map(({ area }) => `${area}: fewer than ${String(leastPercent)} % of its mutants were killed`),
      ...alive
        .filter((mutant) => !expected.some((survivor) => isSame(survivor, mutant)))
        .map(
          ({ file, line, mutant }) =>
            `survived, and not listed:\n  file: '${file}'\n  line: '${line}'\n  mutant: '${mutant}'`,
        ),
      ...expected
        .filter((survivor) => !alive.some((mutant) => isSame(survivor, mutant)))
        .map(({ file, mutant }) => `listed as a survivor, but it is killed or gone: ${file}: ${mutant}`),
    ],
  }
}
