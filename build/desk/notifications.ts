import type { Bus, BusMessage, BusTarget, Variant } from './bus.ts'
import { until, type Patience } from './until.ts'

/** One notification as the app sent it to the notification service. */
export interface Told {
  readonly summary: string
  /** As sent: may hold the service's markup. */
  readonly body: string
  readonly urgency: 'low' | 'normal' | 'critical'
  /** Keys and labels in turn. */
  readonly actions: readonly string[]
  /** Epoch milliseconds at which it was seen on the bus. */
  readonly at: number
}

interface Shown extends Told {
  readonly sender: string
  readonly cookie: number
  id: number | null
}

const service: BusTarget = {
  name: 'org.freedesktop.Notifications',
  path: '/org/freedesktop/Notifications',
  interface: 'org.dunstproject.cmd0',
}
const urgencies = ['low', 'normal', 'critical'] as const

/** What the notification service of a desk was told, read from the bus; the service is real and shows it. */
export class NotificationReader {
  readonly #bus: Bus
  readonly #told: Shown[] = []
  /** Ids on the screen now, the longest shown first: dunst's own order when it does not sort. */
  readonly #onScreen: number[] = []

  constructor(bus: Bus) {
    this.#bus = bus
  }

  /** Starts reading. What was told before is not seen. */
  start(): Promise<void> {
    return this.#bus.monitor(
      [
        `interface='${service.name}'`,
        // Replies carry no interface; the service's only replies of interest are its ids.
        `type='method_return',sender='${service.name}'`,
      ],
      (message) => {
        this.#take(message)
      },
    )
  }

  /** All that was told since the desk started, the oldest first. */
  all(): readonly Told[] {
    return [...this.#told]
  }

  /** Waits for one whose summary or body matches. */
  waitFor(pattern: RegExp, patience?: Patience): Promise<Told> {
    return until(
      `notification ${String(pattern)}`,
      () => {
        const found = this.#told.find((told) => matches(told, pattern))
        if (found !== undefined) return found
        throw new Error(`told: ${this.#told.map((told) => told.summary).join(' | ') || 'nothing'}`)
      },
      patience,
    )
  }

  /** Clicks the newest that matches, as a person does: its default action. */
  async click(pattern: RegExp): Promise<void> {
    const position = await until(`notification ${String(pattern)} on the screen`, () => {
      const shown = this.#told.findLast((told) => matches(told, pattern))
      const index = shown?.id == null ? -1 : this.#onScreen.indexOf(shown.id)
      return index >= 0 ? index : null
    })
    await this.#bus.call(service, 'NotificationAction', 'u', String(position))
  }

  #take(message: BusMessage): void {
    const data = message.payload?.data ?? []
    if (message.type === 'method_call' && message.member === 'Notify') {
      const [, , , summary, body, actions, hints] = data as [unknown, unknown, unknown, string, string, string[], Hints]
      const urgency = urgencies[Number(hints.urgency?.data ?? 1)] ?? 'normal'
      const { sender = '', cookie } = message
      this.#told.push({ summary, body, urgency, actions, at: Date.now(), sender, cookie, id: null })
    } else if (message.type === 'method_return') {
      const shown = this.#told.find(
        (told) => told.id === null && told.cookie === message.reply_cookie && told.sender === message.destination,
      )
      if (shown === undefined) return
      shown.id = Number(data[0])
      if (!this.#onScreen.includes(shown.id)) this.#onScreen.push(shown.id)
    } else if (message.type === 'signal' && message.member === 'NotificationClosed') {
      const index = this.#onScreen.indexOf(Number(data[0]))
      if (index >= 0) this.#onScreen.splice(index, 1)
    }
  }
}

type Hints = Readonly<Record<string, Variant>>

function matches(told: Told, pattern: RegExp): boolean {
  return pattern.test(told.summary) || pattern.test(told.body)
}
