import { operations } from '../../main/demo/operations.ts'
import { startDemoServer, type DemoServer } from '../../main/demo/server.ts'
import { switchFacts, type Switches } from '../../main/demo/switches.ts'
import { ask, type Account, type Ask } from './asking.ts'
import { asksOf } from './asks.ts'
import type { Checker } from './checker.ts'
import { accountOf, seenDeviceId } from './demo-account.ts'
import { findOperation } from './document.ts'
import { checkEnvelope } from './envelope.ts'
import { isObject } from './json.ts'
import { departures, settingOf, showing, type Setting } from './quirk-settings.ts'
import { describeProblems, type Problem } from './problem.ts'

/** What one value of a switch of the demo account does to its replies. */
export interface Quirk {
  /** Such as `lastPageCursor=null`. */
  readonly name: string
  readonly source: string
  /** The operations whose replies it changes. */
  readonly changes: readonly string[]
  /** Where a reply is not as documented, as this quirk is known to make it. */
  readonly departures: readonly string[]
  readonly problems: readonly string[]
}

/** What came of one question. A run asks the same ones in the same order. */
interface Replied {
  readonly operation: string
  readonly text: string
  readonly problems: readonly Problem[]
}

/** How long the account is left alone after a switch, for its fleet to follow. */
const settlingMs = 15 * 60_000

/**
 * Asks an account for each quirk the same questions in the same order, at a clock that stands still, and compares the
 * replies with those of a plain one.
 */
export async function tryQuirks(checker: Checker): Promise<readonly Quirk[]> {
  const quirks: Quirk[] = []
  for (const name of Object.keys(switchFacts) as (keyof Switches)[]) {
    const [, ...values] = switchFacts[name].values
    const setting = settingOf(name)
    const plain = await run(checker, setting)
    for (const value of values) {
      const replies = await run(checker, { ...setting, switches: { ...setting.switches, [name]: value } })
      quirks.push(judge(name, value, plain, replies))
    }
  }
  return quirks
}

function judge(
  name: keyof Switches,
  value: string | number,
  plain: readonly Replied[],
  replies: readonly Replied[],
): Quirk {
  const changed = replies.filter(({ text }, index) => plain[index]?.text !== text)
  const changes = [...new Set(changed.map(({ operation }) => operation))]
  const isKnown = ({ at }: Problem) => departures[name]?.includes(at) ?? false
  const problems = [...new Set(replies.map(({ operation }) => operation))].flatMap((operation) => {
    const all = replies.filter((reply) => reply.operation === operation).flatMap((reply) => reply.problems)
    return describeProblems(all.filter((problem) => !isKnown(problem))).map((problem) => `${operation}: ${problem}`)
  })
  return {
    name: `${name}=${String(value)}`,
    source: switchFacts[name].source,
    changes,
    departures: describeProblems(replies.flatMap((reply) => reply.problems.filter(isKnown))),
    problems: changes.length > 0 ? problems : [...problems, 'It changes no reply, or its setting no longer shows it.'],
  }
}

async function run(checker: Checker, { at, ...options }: Setting): Promise<readonly Replied[]> {
  const quick = { latency: { from: 0, to: 0 }, othersPerMinute: 0 } as const
  const demo = await startDemoServer({ ...options, ...quick, now: () => at })
  try {
    return await askAround(checker, demo, at)
  } finally {
    await demo.close()
  }
}

/**
 * Switches the override on, waits for the fleet to follow, switches again, asks everything with either token, and once
 * more when no device reports.
 */
async function askAround(checker: Checker, demo: DemoServer, now: number): Promise<readonly Replied[]> {
  const account = accountOf(demo)
  const asks = asksOf(operations, { now, deviceId: seenDeviceId(demo) })
  const replies: Replied[] = []
  const askOne = async (question: Ask) => {
    replies.push(await askAndCheck(checker, demo, account, question))
  }
  const switchingOn = asks.filter(({ body }) => isObject(body) && body.disconnect === true)
  for (const question of switchingOn) await askOne(question)
  demo.account.clock.skip(settlingMs)
  for (const question of switchingOn) await askOne(question)
  const reading = [...asks.filter(({ body }) => body === undefined), ...showing(now)]
  for (const token of ['user', 'account'] as const) {
    for (const question of reading) await askOne({ ...question, token })
  }
  demo.account.hideFleet(true)
  for (const question of reading) await askOne(question)
  return replies
}

async function askAndCheck(checker: Checker, demo: DemoServer, account: Account, question: Ask): Promise<Replied> {
  const { status, body } = await ask(account, question)
  const [method = '', path = ''] = question.operation.split(' ')
  const operation = findOperation(checker.document, method, path)
  const problems = (operation === null ? null : checker.reply(operation, status, body)) ?? checkEnvelope(status, body)
  const reply = JSON.stringify({ status, body })
  // Ids of tokens are new each time.
  const text = demo.account.tokens.reduce((all, { id, role }) => all.replaceAll(id, role), reply)
  return { operation: question.operation, text, problems }
}
