import { Notification } from 'electron/main'

import type { Notice, ViewName } from '../engine/events.ts'
import type { Clock, Notifier } from '../engine/ports.ts'
import { NotificationQueue } from './notification-queue.ts'
import {
  askNotificationService,
  hasNotificationService,
  onNotificationServiceChanged,
  type ServiceAbilities,
} from './notification-service.ts'
import type { SessionBus } from './session-bus.ts'

export interface NotifierOptions {
  readonly clock: Clock
  /** Null: this desktop has none, or it is not needed (macOS, Windows). */
  readonly bus: SessionBus | null
  /** A click on a notification. */
  readonly onClick: (view: ViewName) => void
  /** 'missing': nothing shows notifications here now, so the app has to. Told whenever it changes, first at once. */
  readonly onServiceChanged: (service: 'working' | 'missing') => void
  readonly log: (event: string, fields: Readonly<Record<string, string>>) => void
}

/** A notification that neither was shown nor failed within this is taken as shown. */
const outcomeMs = 3000

/** A service that failed is tried again after this, as long as something waits for it. */
const retryMs = 60_000

/** Opens the notifications of this desktop. */
export async function openNotifier(options: NotifierOptions): Promise<DesktopNotifier> {
  const notifier = new DesktopNotifier(options)
  await notifier.open()
  return notifier
}

/**
 * Shows notices as desktop notifications, one after the other. What nobody can show is kept for a while, and tried again
 * now and then and when a service comes.
 */
export class DesktopNotifier implements Notifier {
  readonly #options: NotifierOptions
  readonly #queue = new NotificationQueue()
  /** On the screen: Electron forgets the click of a notification that nobody keeps. */
  readonly #shown = new Set<Notification>()
  #service: 'working' | 'missing' | null = null
  #isShowing = false
  #unwatch: (() => void) | null = null
  #cancelRetry: (() => void) | null = null

  constructor(options: NotifierOptions) {
    this.#options = options
  }

  async open(): Promise<void> {
    const { bus } = this.#options
    if (process.platform === 'linux' && bus !== null) {
      this.#unwatch = await onNotificationServiceChanged(bus, () => void this.#look())
    }
    await this.#look()
  }

  show(notice: Notice): void {
    this.#queue.add(notice, this.#options.clock.now())
    void this.#showAll()
  }

  close(): void {
    this.#unwatch?.()
    this.#cancelRetry?.()
    for (const notification of this.#shown) notification.removeAllListeners()
    this.#shown.clear()
  }

  /** Whether there is a service, without starting one; what waits is shown if so. */
  async #look(): Promise<void> {
    const { bus } = this.#options
    const isThere = process.platform !== 'linux' || (bus !== null && (await hasNotificationService(bus)))
    this.#tell(isThere && Notification.isSupported() ? 'working' : 'missing')
    if (this.#service === 'working') await this.#showAll()
  }

  async #showAll(): Promise<void> {
    if (this.#isShowing) return
    this.#isShowing = true
    this.#cancelRetry?.()
    const { clock } = this.#options
    try {
      for (let notice = this.#queue.next(clock.now()); notice !== null; notice = this.#queue.next(clock.now())) {
        const problem = await this.#showOne(notice)
        this.#tell(problem === null ? 'working' : 'missing')
        if (problem !== null) {
          this.#options.log('notification not shown', { key: notice.key, problem })
          this.#cancelRetry = clock.at(clock.now() + retryMs, () => void this.#showAll())
          return
        }
        this.#queue.take(notice)
      }
    } finally {
      this.#isShowing = false
    }
  }

  /** Null when it was shown, else why not. */
  async #showOne(notice: Notice): Promise<string | null> {
    const { bus, onClick } = this.#options
    if (!Notification.isSupported()) return 'this system has no way to show notifications'
    let abilities: ServiceAbilities = { readsMarkup: false }
    if (process.platform === 'linux') {
      if (bus === null) return 'there is no session bus'
      const answer = await askNotificationService(bus)
      if (!answer.ok) return `the notification service does not answer: ${answer.failure.detail}`
      abilities = answer.value
    }
    const notification = new Notification({
      title: notice.title,
      body: abilities.readsMarkup ? escapeMarkup(notice.body) : notice.body,
      urgency: notice.urgency,
      timeoutType: notice.urgency === 'critical' ? 'never' : 'default',
    })
    this.#shown.add(notification)
    notification.on('click', () => {
      onClick(notice.opens)
    })
    notification.on('close', () => this.#shown.delete(notification))
    const outcome = outcomeOf(notification)
    notification.show()
    const problem = await outcome
    if (problem !== null) this.#shown.delete(notification)
    return problem
  }

  #tell(service: 'working' | 'missing'): void {
    if (service === this.#service) return
    this.#service = service
    this.#options.onServiceChanged(service)
  }
}

/** Null when it is shown, else why not. */
function outcomeOf(notification: Notification): Promise<string | null> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, outcomeMs, null)
    const end = (problem: string | null) => {
      clearTimeout(timer)
      resolve(problem)
    }
    notification.once('show', () => {
      end(null)
    })
    notification.once('failed', (_event, error) => {
      end(error)
    })
  })
}

/** Texts of ours may quote what came from outside; a service that reads markup must read them as text. */
function escapeMarkup(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
