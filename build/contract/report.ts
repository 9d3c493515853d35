import type { Amendment } from './checker.ts'
import type { ApiDocument } from './document.ts'
import type { Driven } from './drive.ts'
import type { Quirk } from './quirks.ts'
import type { CheckedRequests } from './requests.ts'

/** Everything that a run of the contract check found. */
export interface Findings {
  readonly document: ApiDocument
  readonly driven: readonly Driven[]
  readonly amendments: readonly Amendment[]
  /** Formats of the document that were not checked. */
  readonly unreadFormats: readonly string[]
  /** The amendments that something needed. */
  readonly met: ReadonlySet<Amendment>
  readonly quirks: readonly Quirk[]
  /** null: no test has recorded any. */
  readonly requests: readonly CheckedRequests[] | null
  /** Whether missing requests are a fault. */
  readonly needsRequests: boolean
}

/** The report as lines, a summary in one sentence last, and whether all was well. */
export function report(findings: Findings): { readonly lines: readonly string[]; readonly isGood: boolean } {
  const { document, driven, unreadFormats, quirks, requests, needsRequests } = findings
  const faults =
    [...driven, ...quirks, ...(requests ?? [])].reduce((sum, { problems }) => sum + problems.length, 0) +
    (requests === null && needsRequests ? 1 : 0)
  const lines = [
    `${document.title}: ${document.operations.length} operations. ~ stands for /accounts/{account_id}.`,
    ...section('Replies of the demo account, plain', driven.flatMap(drivenLines)),
    ...section('What the document lacks, and what holds instead', [
      ...driven.flatMap(lackingLines),
      ...amendmentLines(findings),
      ...unreadFormats.map(
        (format) => `     Values of format "${format}" are taken as they are: nothing here knows it.`,
      ),
    ]),
    ...section('What the document has and the demo account refuses', driven.flatMap(untakenLines)),
    ...section('Quirks: what no document settles, held against this one as well', quirks.flatMap(quirkLines)),
    ...section('Requests that the app sent in the end-to-end tests', requestLines(findings)),
    '',
    summary(findings, faults),
  ]
  return { isGood: faults === 0, lines: lines.map((line) => line.replaceAll('/accounts/{account_id}/', '~/')) }
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return ['', `== ${title}`, ...(lines.length === 0 ? ['     nothing'] : lines)]
}

function marked(text: string, problems: readonly string[]): readonly string[] {
  return [`${problems.length === 0 ? 'ok  ' : 'FAIL'} ${text}`, ...problems.map((problem) => `     ! ${problem}`)]
}

function drivenLines({ operation, checked, enveloped, problems }: Driven): readonly string[] {
  const counts = [
    ...(checked === 0 ? [] : [`${checked} replies against the document`]),
    ...(enveloped === 0 ? [] : [`${enveloped} by their envelope only`]),
  ]
  return marked(`${operation}: ${counts.join(', ')}`, problems)
}

function lackingLines({ operation, undocumented, enveloped }: Driven): readonly string[] {
  if (undocumented.length === 0) return []
  const what = undocumented.includes('all') ? 'the operation' : `replies with status ${undocumented.join(', ')}`
  return [`     ${operation}: ${what}; the envelope holds, checked of ${enveloped}`]
}

/** One that nothing needed may be out of date; requests that were not recorded need none. */
function amendmentLines({ amendments, met, requests }: Findings): readonly string[] {
  return amendments.flatMap((amendment) => {
    const place = `     ${amendment.operations?.join(', ') ?? 'all operations'}: ${amendment.at}.`
    if (met.has(amendment)) return [`${place} ${amendment.reason}`]
    return requests === null ? [] : [`${place} Nothing needed this amendment: strike it if the document has caught up.`]
  })
}

function untakenLines({ operation, untaken }: Driven): readonly string[] {
  return untaken.length === 0 ? [] : [`     ${operation}: ${untaken.join(', ')}`]
}

function quirkLines({ name, source, changes, departures, problems }: Quirk): readonly string[] {
  const [first, ...others] = marked(`${name}: ${source}`, problems)
  return [
    ...(first === undefined ? [] : [first]),
    ...(changes.length === 0 ? [] : [`     seen in ${changes.join(', ')}`]),
    ...(departures.length === 0 ? [] : [`     leaves the document: ${departures.join('; ')}`]),
    ...others,
  ]
}

function requestLines({ driven, requests, needsRequests }: Findings): readonly string[] {
  if (requests === null) {
    const mark = needsRequests ? 'FAIL' : 'NOTE'
    return [`${mark} None was recorded, so none was checked. The end-to-end tests record them: run "npm test" first.`]
  }
  const asked = new Set(requests.map(({ name }) => name))
  const unasked = driven.map(({ operation }) => operation).filter((operation) => !asked.has(operation))
  return [
    ...requests.flatMap(({ name, count, problems }) => marked(`${name}: ${count} requests`, problems)),
    ...(unasked.length === 0 ? [] : [`     never asked: ${unasked.join(', ')}`]),
  ]
}

function summary({ driven, quirks, requests }: Findings, faults: number): string {
  const replies = driven.reduce((sum, { checked, enveloped }) => sum + checked + enveloped, 0)
  const sent = requests?.reduce((sum, { count }) => sum + count, 0) ?? 0
  const asked = requests === null ? 'NO request of the app' : `${sent} requests of the app`
  const found = faults === 0 ? 'nothing is wrong' : `${faults} ${faults === 1 ? 'thing is' : 'things are'} wrong`
  return `Checked ${driven.length} operations with ${replies} replies, ${quirks.length} quirks and ${asked}: ${found}.`
}
