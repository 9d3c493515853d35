import { describe, expect, it } from 'vitest'

import { judge, type Mutant } from '../../build/mutants/judge.ts'

const globs = { freshness: 'main/engine/freshness.ts' }
const alive: Mutant = { file: globs.freshness, line: 'return a < b', mutant: 'return a <= b', outcome: 'survived' }
const killed: Mutant = { ...alive, mutant: 'return true', outcome: 'killed' }
const nine = Array.from({ length: 9 }, () => killed)
const listed = { file: alive.file, line: alive.line, mutant: alive.mutant, reason: 'a is never b' }

describe('a run of mutants', () => {
  it('is good when enough were killed and each survivor is listed', () => {
    expect(judge([alive, ...nine], globs, [listed])).toEqual({
      scores: [{ area: 'freshness', killed: 9, total: 10 }],
      complaints: [],
    })
  })

  it('fails for a survivor that nobody explained', () => {
    expect(judge([alive, ...nine], globs, []).complaints).toEqual([expect.stringContaining('return a <= b')])
  })

  it('fails for an explanation of what no longer survives', () => {
    expect(judge(nine, globs, [listed]).complaints).toEqual([expect.stringContaining('killed or gone')])
  })

  it('fails below 85 %, however well the survivors are explained', () => {
    expect(judge([alive, killed, killed], globs, [listed]).complaints).toEqual([
      'freshness: fewer than 85 % of its mutants were killed',
    ])
  })

  it('fails when a part has no mutants, for then nothing was tried', () => {
    expect(judge([], globs, []).complaints).toHaveLength(1)
  })

  it('asks only about the parts that ran', () => {
    expect(judge(nine, globs, [{ ...listed, file: 'main/engine/face.ts' }]).complaints).toEqual([])
  })
})
