/**
 * `npm run contract -- FILE`: holds the demo account and the app against Cloudflare's OpenAPI document in FILE. Drives
 * every operation that the demo account serves, plain and with each quirk, and checks every request that the app sent in
 * the end-to-end tests. Fails when FILE cannot be used and when anything is not as it says.
 */
import { existsSync } from 'node:fs'
import path from 'node:path'

import { amendments } from './contract/amendments.ts'
import { Checker } from './contract/checker.ts'
import { driveDemo } from './contract/demo-account.ts'
import { readDocument, type ApiDocument } from './contract/document.ts'
import { tryQuirks } from './contract/quirks.ts'
import { report } from './contract/report.ts'
import { checkRequests, readRecordings } from './contract/requests.ts'

const results = path.resolve(import.meta.dirname, '../test-results')

const [file, ...others] = process.argv.slice(2)
if (file === undefined || others.length > 0) {
  end('Name the OpenAPI document to check against, and only that: npm run contract -- FILE')
} else {
  const document = readDocument(file)
  if (document.ok) await check(document.value)
  else end(document.failure)
}

async function check(document: ApiDocument): Promise<void> {
  const recorded = readRecordings(path.join(results, 'wire'))
  if (!recorded.ok) {
    end(recorded.failure)
    return
  }
  const checker = new Checker(document, amendments)
  const driven = await driveDemo(checker)
  const requests = recorded.value === null ? null : checkRequests(checker, recorded.value)
  const quirks = await tryQuirks(checker)
  // The tests leave their results: without a recorded request among them something is wrong, wherever this runs.
  const needsRequests = (process.env.CI ?? '') !== '' || existsSync(path.join(results, 'playwright.json'))
  const { lines, isGood } = report({
    document,
    driven,
    amendments,
    met: checker.met,
    unreadFormats: checker.unreadFormats,
    quirks,
    requests,
    needsRequests,
  })
  process.stdout.write(`${lines.join('\n')}\n`)
  if (!isGood) process.exitCode = 1
}

function end(sentence: string): void {
  process.stderr.write(`${sentence}\n`)
  process.exitCode = 1
}
