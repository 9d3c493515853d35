import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'

import { fail, succeed, type Result } from '../../main/engine/failure.ts'
import type { Checker, Query } from './checker.ts'
import { findOperation } from './document.ts'
import { isObject, listAt } from './json.ts'
import { describeProblems } from './problem.ts'

/** A request that the app sent in a test, as the demo account saw it. */
export interface RecordedRequest {
  readonly method: string
  readonly path: string
  readonly query: Query
  readonly body: unknown
}

/** What came of checking the requests to one operation. */
export interface CheckedRequests {
  /** The operation, or the method and path of what the document does not know. */
  readonly name: string
  readonly count: number
  readonly problems: readonly string[]
}

/** Every request in a folder of recordings, one JSON object a line; null when nothing was recorded. */
export function readRecordings(folder: string): Result<readonly RecordedRequest[] | null, string> {
  if (!existsSync(folder)) return succeed(null)
  const requests: RecordedRequest[] = []
  for (const file of readdirSync(folder)
    .filter((name) => name.endsWith('.jsonl'))
    .sort()) {
    const lines = readFileSync(path.join(folder, file), 'utf8').split('\n')
    for (const [index, line] of lines.entries()) {
      if (line === '') continue
      const request = parseRequest(line)
      if (request === null)
        return fail(`${path.join(folder, file)}:${index + 1} is no recorded request. Run the tests again.`)
      requests.push(request)
    }
  }
  return succeed(requests.length === 0 ? null : requests)
}

/** Checks each request: path known, query as documented, body as its schema says. */
export function checkRequests(checker: Checker, requests: readonly RecordedRequest[]): readonly CheckedRequests[] {
  const groups = new Map<string, { count: number; problems: Parameters<typeof describeProblems>[0] }>()
  for (const request of requests) {
    const { basePath } = checker.document
    const path = request.path.startsWith(`${basePath}/`) ? request.path.slice(basePath.length) : request.path
    const operation = findOperation(checker.document, request.method, path)
    const name = operation?.name ?? `${request.method} ${path}`
    const problems =
      operation === null
        ? [{ at: 'path', what: 'is not in the document' }]
        : [...checker.query(operation, request.query), ...checker.body(operation, request.body)]
    const group = groups.get(name)
    groups.set(name, { count: (group?.count ?? 0) + 1, problems: [...(group?.problems ?? []), ...problems] })
  }
  return [...groups].map(([name, { count, problems }]) => ({ name, count, problems: describeProblems(problems) }))
}

function parseRequest(line: string): RecordedRequest | null {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch {
    return null
  }
  if (!isObject(value)) return null
  const { method, path, query, body } = value
  if (typeof method !== 'string' || typeof path !== 'string' || !isObject(query)) return null
  const values = Object.keys(query).flatMap((name) => listAt(query, name).map((one) => [name, String(one)] as const))
  return { method, path, query: values, body: body ?? undefined }
}
