import type { Amendment } from './checker.ts'
import type { ApiDocument } from './document.ts'
import type { Driven } from './drive.ts'
import type { Quirk } from './quirks.ts'
import type { CheckedRequests } from './requests.ts'

/** Everything that a run of the contract check found. */
export interface Findings {
  readonly document: ApiDocument
  readonly driven: readonly Driven[]
  readonly met: readonly Amendment[]
  readonly quirks: readonly Quirk[]
  /** null: no test has recorded any. */
  readonly requests: readonly CheckedRequests[] | null
  /** Whether missing requests are a fault. */
  readonly needsRequests: boolean
}

/** The report as lines, a summary in one sentence last, and whether all was well. */
export function report(findings: Findings): { readonly lines: readonly string[]; readonly isGood: boolean } {
  const { document, driven, met, quirks, requests, needsRequests } = findings
  const faults =
    [...driven, ...quirks, ...(requests ?? [])].reduce((sum, { problems }) => sum + problems.length, 0) +
    (requests === null && needsRequests ? 1 : 0)
  return {
    isGood: faults === 0,
    lines: [
      `${document.title}: ${document.operations.length} operations`,
      ...section(
        'Replies of the demo account, plain',
        driven.map((one) => entry(one.operation, one, wordsOf(one))),
      ),
      ...section('What the document lacks, and what is held against such replies', [
        ...driven.flatMap(lacking),
        ...met.map(({ at, operations, reason }) => [
          `  ${at} of ${operations?.join(', ') ?? 'any operation'}: ${reason}`,
        ]),
      ]),
      ...section(
        'What the document has and the demo account refuses',
        driven.flatMap(({ operation, untaken }) =>
          untaken.length === 0 ? [] : [[`  ${operation}: ${untaken.join(', ')}`]],
        ),
      ),
      ...section(
        'Quirks: what no document settles, each held against the document as well',
        quirks.map((quirk) => entry(quirk.name, quirk, quirk.source, ...changesOf(quirk))),
      ),
      ...section(
        'Requests of the app in the end-to-end tests',
        requests === null
          ? [[missing(needsRequests)]]
          : requests.map((one) => entry(one.name, one, `${one.count} sent`)),
      ),
      '',
      summary(findings, faults),
    ],
  }
}

function section(title: string, entries: readonly (readonly string[])[]): readonly string[] {
  return ['', `== ${title}`, ...(entries.length === 0 ? ['  nothing'] : entries.flat())]
}

function entry(
  name: string,
  { problems }: { readonly problems: readonly string[] },
  words: string,
  ...more: readonly string[]
) {
  const mark = problems.length === 0 ? 'ok  ' : 'FAIL'
  return [
    `${mark} ${name}: ${words}`,
    ...more.map((line) => `       ${line}`),
    ...problems.map((problem) => `     ! ${problem}`),
  ]
}

function wordsOf({ checked, enveloped }: Driven): string {
  return [
    ...(checked === 0 ? [] : [`${checked} replies as documented`]),
    ...(enveloped === 0 ? [] : [`${enveloped} by their envelope only`]),
  ].join(', ')
}

function lacking({ operation, undocumented, enveloped }: Driven): readonly (readonly string[])[] {
  if (undocumented.length === 0) return []
  const what = undocumented.includes('all') ? 'the operation' : `replies with status ${undocumented.join(', ')}`
  return [[`  ${operation}: ${what}; of ${enveloped} the envelope was checked`]]
}

function changesOf({ changes, deviations }: Quirk): readonly string[] {
  return [
    `changes ${changes.join(', ')}`,
    deviations.length === 0 ? 'keeps to the document' : `leaves the document: ${deviations.join('; ')}`,
  ]
}

function missing(isFault: boolean): string {
  const mark = isFault ? 'FAIL' : 'NOTE'
  return `${mark} No request was recorded, so none was checked. The end-to-end tests record them: run "npm test" first.`
}

function summary({ driven, quirks, requests }: Findings, faults: number): string {
  const replies = driven.reduce((sum, { checked, enveloped }) => sum + checked + enveloped, 0)
  const sent = requests?.reduce((sum, { count }) => sum + count, 0) ?? 0
  const found = faults === 0 ? 'nothing is wrong' : `${faults} ${faults === 1 ? 'thing is' : 'things are'} wrong`
  const asked = requests === null ? 'NO request of the app' : `${sent} requests of the app`
  return `Checked ${driven.length} operations with ${replies} replies, ${quirks.length} quirks and ${asked}: ${found}.`
}
