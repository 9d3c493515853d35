import type { Series } from '../../main/engine/ports.ts'
import type { Bridge, CommandArgs } from '../../preload/contract.ts'

export type SeriesHours = CommandArgs<'series'>['hours']

export interface SeriesChoice {
  readonly dimension: CommandArgs<'series'>['dimension']
  readonly hours: SeriesHours
  /** One value of the dimension alone; null: every line of it. */
  readonly value: string | null
}

/** One chart's lines: what is chosen, what came, and whether it is still the newest that could be had. */
export class SeriesQuery {
  choice = $state.raw<SeriesChoice>({ dimension: 'status', hours: 6, value: null })
  /** The lines of the choice; null while the first are on their way. */
  series = $state.raw<Series | null>(null)
  /** Why the newest question was not answered; the lines, if any, are then older ones. */
  failure = $state.raw<string | null>(null)
  /** When the lines came; 0: none have. */
  loadedAt = $state(0)
  readonly #bridge: Bridge
  readonly #now: () => number
  #question = 0
  #askedAt: number | null = null

  constructor(bridge: Bridge, now: () => number) {
    this.#bridge = bridge
    this.#now = now
  }

  /** Nothing is drawn yet: what is recorded first is wanted soon. */
  get isEmpty(): boolean {
    return this.series === null || this.series.lines.every(({ counts }) => counts.every((count) => count === null))
  }

  async choose(choice: SeriesChoice): Promise<void> {
    const sameLines = choice.dimension === this.choice.dimension && choice.hours === this.choice.hours
    this.choice = choice
    if (sameLines && this.series !== null) return
    this.series = null
    await this.load()
  }

  async load(): Promise<void> {
    const question = ++this.#question
    this.#askedAt = this.#now()
    const { dimension, hours } = this.choice
    const reply = await this.#bridge.invoke('series', { dimension, hours })
    // A later question has been asked meanwhile: this answer is for something else.
    if (question !== this.#question) return
    this.failure = reply.ok ? null : reply.message
    if (!reply.ok) return
    this.loadedAt = this.#now()
    this.series = reply.value
  }

  async refreshIfOlderThan(ms: number): Promise<void> {
    if (this.#askedAt === null || this.#now() - this.#askedAt < ms) return
    await this.load()
  }

  /** Another account is watched: its lines are not these. */
  async reset(): Promise<void> {
    this.series = null
    this.choice = { ...this.choice, value: null }
    await this.load()
  }
}
