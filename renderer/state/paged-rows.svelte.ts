import type { Reply } from '../../preload/contract.ts'

/** A page shorter than this is the last: main sends more than that where it has more. */
const shortestFullPage = 20

/** Rows that come newest first, page by page. `Cursor` is what the next page is asked with. */
export class PagedRows<Row, Cursor> {
  rows = $state.raw<readonly Row[]>([])
  status = $state<'waiting' | 'loading' | 'ready' | 'failed'>('waiting')
  failure = $state.raw<string | null>(null)
  hasOlder = $state(false)
  /** When the newest page came; 0: none has. */
  loadedAt = $state(0)
  readonly #ask: (before: Cursor | null) => Promise<Reply<readonly Row[]>>
  readonly #cursorOf: (row: Row) => Cursor
  readonly #now: () => number
  #question = 0
  #askedAt: number | null = null
  #isAsking = false

  constructor(
    ask: (before: Cursor | null) => Promise<Reply<readonly Row[]>>,
    cursorOf: (row: Row) => Cursor,
    now: () => number,
  ) {
    this.#ask = ask
    this.#cursorOf = cursorOf
    this.#now = now
  }

  /** The newest page; older rows that were already fetched stay below it. */
  async loadNewest(): Promise<void> {
    const page = await this.#fetch(null)
    if (page === null) return
    const oldest = page.at(-1)
    const older = oldest === undefined ? [] : this.#after(oldest)
    if (older.length === 0) this.hasOlder = page.length >= shortestFullPage
    this.rows = [...page, ...older]
  }

  async loadOlder(): Promise<void> {
    const last = this.rows.at(-1)
    if (last === undefined) return
    const page = await this.#fetch(this.#cursorOf(last))
    if (page === null) return
    this.hasOlder = page.length >= shortestFullPage
    this.rows = [...this.rows, ...page]
  }

  async refreshIfOlderThan(ms: number): Promise<void> {
    // A page that a person asked for is not thrown away for a refresh.
    if (this.#isAsking || this.#askedAt === null || this.#now() - this.#askedAt < ms) return
    await this.loadNewest()
  }

  async reset(): Promise<void> {
    this.rows = []
    this.hasOlder = false
    await this.loadNewest()
  }

  /** The rows that we hold and that come after `row` in the list. */
  #after(row: Row): readonly Row[] {
    const cursor = this.#cursorOf(row)
    const index = this.rows.findLastIndex((held) => this.#cursorOf(held) === cursor)
    return index === -1 ? [] : this.rows.slice(index + 1)
  }

  async #fetch(before: Cursor | null): Promise<readonly Row[] | null> {
    const question = ++this.#question
    if (this.status === 'waiting') this.status = 'loading'
    this.#isAsking = true
    this.#askedAt = this.#now()
    const reply = await this.#ask(before)
    if (question !== this.#question) return null
    this.#isAsking = false
    if (reply.ok && before === null) this.loadedAt = this.#now()
    this.status = reply.ok ? 'ready' : 'failed'
    this.failure = reply.ok ? null : reply.message
    return reply.ok ? reply.value : null
  }
}
