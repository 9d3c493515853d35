/**
 * `npm run mutants`: changes the engine's vital parts line by line and sees whether a test notices. Fails when fewer
 * than 85 % are noticed in any part, and when one lives on that `mutants/survivors.ts` does not explain.
 * Names of parts as arguments run only those.
 */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

import type { MutantResult } from '@stryker-mutator/api/core'
import { Stryker } from '@stryker-mutator/core'

import { areas, isArea } from './mutants/areas.ts'
import { judge, type Mutant } from './mutants/judge.ts'
import { survivors } from './mutants/survivors.ts'

const root = path.resolve(import.meta.dirname, '..')
process.chdir(root)

const asked = process.argv.slice(2).filter((arg) => !arg.startsWith('-'))
const unknown = asked.find((name) => !isArea(name))
if (unknown !== undefined) throw new Error(`no part ${unknown}; there are ${Object.keys(areas).join(', ')}`)
const globs = asked.length === 0 ? areas : Object.fromEntries(asked.filter(isArea).map((name) => [name, areas[name]]))

const results = await new Stryker({
  mutate: Object.values(globs),
  testRunner: 'vitest',
  plugins: [fileURLToPath(import.meta.resolve('@stryker-mutator/vitest-runner'))],
  vitest: { configFile: 'build/mutants/vitest.config.ts', related: false },
  reporters: ['progress-append-only'],
  concurrency: 2,
  tempDirName: '.stryker',
  ignorePatterns: ['/.runtime', '/coverage', '/demo-output', '/dist', '/out', '/test-results'],
}).runMutationTest()

const verdict = judge(
  results.map(asMutant).filter((mutant) => mutant !== null),
  globs,
  survivors,
)
for (const complaint of verdict.complaints) process.stdout.write(`${complaint}\n`)
for (const { area, killed, total } of verdict.scores) {
  process.stdout.write(`${area}: ${String(killed)} of ${String(total)} mutants killed\n`)
}
process.exitCode = verdict.complaints.length === 0 ? 0 : 1

/** Null: a mutant that does not compile or was not run, which says nothing. */
function asMutant({ fileName, location, replacement, status }: MutantResult): Mutant | null {
  if (status === 'CompileError' || status === 'RuntimeError' || status === 'Ignored' || status === 'Pending')
    return null
  const { start, end } = location
  const lines = readFileSync(fileName, 'utf8')
    .split('\n')
    .slice(start.line - 1, end.line)
  const first = lines[0] ?? ''
  const last = lines.at(-1) ?? ''
  return {
    file: path.relative(root, fileName).replaceAll(path.sep, '/'),
    line: collapse(first),
    mutant: collapse(first.slice(0, start.column - 1) + replacement + last.slice(end.column - 1)),
    outcome: status === 'Killed' || status === 'Timeout' ? 'killed' : 'survived',
  }
}

function collapse(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim()
}
