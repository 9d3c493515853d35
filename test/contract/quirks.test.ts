import { expect, it } from 'vitest'

import { Checker } from '../../build/contract/checker.ts'
import { parseDocument } from '../../build/contract/document.ts'
import { tryQuirks } from '../../build/contract/quirks.ts'
import { smallDocument } from './fixtures/small-document.ts'

it('shows every quirk of the demo account in some reply, each in a good envelope', { timeout: 60_000 }, async () => {
  const document = parseDocument(smallDocument)
  if (!document.ok) throw new Error(document.failure)
  const quirks = await tryQuirks(new Checker(document.value))
  expect(quirks.filter(({ changes }) => changes.length === 0)).toEqual([])
  expect(quirks.flatMap(({ problems }) => problems)).toEqual([])
  expect(quirks.length).toBeGreaterThan(20)
})
