import { ask, type Account, type Ask, type Reply } from './asking.ts'
import type { Checker } from './checker.ts'
import { findOperation, type Operation } from './document.ts'
import { checkEnvelope } from './envelope.ts'
import { follow, isObject, listAt, objectAt } from './json.ts'
import { describeProblems, type Problem } from './problem.ts'
import { allowedValues, refusedValues } from './query-values.ts'

/** What came of driving one operation. */
export interface Driven {
  readonly operation: string
  /** Replies whose whole shape was checked, and those of which only the envelope is known. */
  readonly checked: number
  readonly enveloped: number
  /** Statuses (`200`, `4xx`) that the document says nothing of; `all`: it does not know the operation. */
  readonly undocumented: readonly string[]
  /** Parameters of the document that the account does not take. */
  readonly untaken: readonly string[]
  readonly problems: readonly string[]
}

/** More pages than this, and the cursor leads in a circle. */
const mostPages = 50

/**
 * Asks an account every question in `asks`, and checks what it replies; one result an operation. Beyond that tries each
 * query parameter that the document knows, and what must be refused: no good token, unknown parameters, required ones
 * left out, values outside of their limits. `now` is the account's, in milliseconds since 1970.
 */
export async function drive(
  checker: Checker,
  account: Account,
  asks: readonly Ask[],
  now: number,
): Promise<readonly Driven[]> {
  const results: Driven[] = []
  for (const name of new Set(asks.map(({ operation }) => operation))) {
    const driver = new Driver(checker, account, name)
    const questions = asks.filter(({ operation }) => operation === name)
    for (const question of questions) await driver.askAll(question)
    await driver.tryParameters(questions, now)
    await driver.tryRefusals(questions)
    results.push(driver.result())
  }
  return results
}

/** Asks one operation, and keeps the score. */
class Driver {
  readonly #checker: Checker
  readonly #account: Account
  readonly #name: string
  readonly #operation: Operation | null
  readonly #undocumented = new Set<string>()
  readonly #untaken: string[] = []
  readonly #problems: string[] = []
  #checked = 0
  #enveloped = 0

  constructor(checker: Checker, account: Account, name: string) {
    this.#checker = checker
    this.#account = account
    this.#name = name
    const [method = '', path = ''] = name.split(' ')
    this.#operation = findOperation(checker.document, method, path)
  }

  result(): Driven {
    return {
      operation: this.#name,
      checked: this.#checked,
      enveloped: this.#enveloped,
      undocumented: this.#operation === null ? ['all'] : [...this.#undocumented],
      untaken: this.#untaken,
      problems: this.#problems,
    }
  }

  /** Asks, follows the cursor to its end, and looks whether what must hold something does. */
  async askAll(question: Ask): Promise<void> {
    const operation = this.#operation
    if (operation !== null) {
      this.#note('the question itself', this.#checker.query(operation, question.query))
      this.#note('the question itself', this.#checker.body(operation, question.body))
    }
    let page = await this.#ask(question)
    const empty = question.filled.filter((place) => isEmpty(page.body, place))
    this.#note(
      wordsOf(question),
      empty.map((at) => ({ at, what: 'is empty' })),
    )
    const hasCursor = operation?.query.some(({ name }) => name === 'cursor') ?? false
    for (let pages = 1; hasCursor && cursorOf(page) !== ''; pages++) {
      if (pages === mostPages) {
        this.#note(wordsOf(question), [{ at: 'result_info.cursor', what: `leads on after ${mostPages} pages` }])
        return
      }
      page = await this.#ask({ ...question, query: [...question.query, ['cursor', cursorOf(page)]] })
    }
  }

  /**
   * Each query parameter of the document, once for each of its choices; those without choices only when no question has
   * them. A cursor is no choice, it is given.
   */
  async tryParameters(questions: readonly Ask[], now: number): Promise<void> {
    const [question] = questions
    const asked = new Set(questions.flatMap(({ query }) => query.map(([name]) => name)))
    for (const parameter of this.#operation?.query ?? []) {
      const { name } = parameter
      const values = allowedValues(this.#checker.document, parameter, now)
      if (question === undefined || name === 'cursor' || (asked.has(name) && values.length === 1)) continue
      for (const value of values) {
        const query = [...question.query.filter(([one]) => one !== name), [name, value] as const]
        const reply = await ask(this.#account, { ...question, query })
        if (reply.status === 400) this.#untaken.push(`${name}=${value}`)
        this.#check(`with ${name}=${value}`, reply, reply.status === 400 ? [400] : [200])
      }
    }
  }

  async tryRefusals([question]: readonly Ask[]): Promise<void> {
    if (question === undefined) return
    for (const token of [null, 'unknown', 'malformed'] as const) {
      const reply = await ask(this.#account, { ...question, token })
      this.#check(token === null ? 'without a token' : `with a token that is ${token}`, reply, [400, 401, 403])
    }
    const refuse = async (words: string, changed: Partial<Ask>) => {
      this.#check(words, await ask(this.#account, { ...question, ...changed }), [400])
    }
    await refuse('with an unknown parameter', { query: [...question.query, ['no_such_parameter', '1']] })
    for (const parameter of this.#operation?.query ?? []) {
      const others = question.query.filter(([name]) => name !== parameter.name)
      if (parameter.isRequired) await refuse(`without ${parameter.name}`, { query: others })
      if (this.#untaken.some((one) => one.startsWith(`${parameter.name}=`))) continue
      for (const value of refusedValues(this.#checker.document, parameter)) {
        await refuse(`with ${parameter.name}=${value}`, { query: [...others, [parameter.name, value]] })
      }
    }
    if (this.#operation?.body?.isRequired === true) {
      await refuse('without a body', { body: undefined })
      await refuse('with an empty body', { body: {} })
    }
  }

  async #ask(question: Ask): Promise<Reply> {
    const reply = await ask(this.#account, question)
    this.#check(wordsOf(question), reply, [200])
    return reply
  }

  #check(words: string, { status, body }: Reply, expected: readonly number[]): void {
    if (status === 0) {
      this.#note(words, [{ at: 'reply', what: 'did not come', value: body }])
      return
    }
    if (!expected.includes(status)) {
      this.#note(words, [{ at: 'status', what: `is not ${expected.join(' or ')}`, value: status }])
    }
    const problems = this.#operation === null ? null : this.#checker.reply(this.#operation, status, body)
    if (problems === null) {
      this.#enveloped += 1
      this.#undocumented.add(status < 400 ? String(status) : `${String(status).slice(0, 1)}xx`)
    } else {
      this.#checked += 1
    }
    this.#note(words, problems ?? checkEnvelope(status, body))
  }

  #note(words: string, problems: readonly Problem[]): void {
    this.#problems.push(
      ...describeProblems(problems).map((problem) => (words === '' ? problem : `${words}: ${problem}`)),
    )
  }
}

/** Which of several questions to one operation it was. */
function wordsOf({ query }: Ask): string {
  const words = query.map(([name, value]) => `${name}=${value}`).join('&')
  return words === '' ? '' : `?${words}`
}

function isEmpty(body: unknown, place: string): boolean {
  const value = isObject(body) ? follow(body, `#/${place.replaceAll('.', '/')}`) : undefined
  if (Array.isArray(value)) return value.length === 0
  if (isObject(value)) return Object.keys(value).length === 0
  return value === undefined || value === null || value === ''
}

function cursorOf({ body }: Reply): string {
  if (!isObject(body) || listAt(body, 'result').length === 0) return ''
  const { cursor } = objectAt(body, 'result_info')
  return typeof cursor === 'string' ? cursor : ''
}
