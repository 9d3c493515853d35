import type { ActivityEntry } from '../../main/engine/events.ts'
import type { Direction } from '../../main/engine/model.ts'
import type { LedgerRow } from '../../main/engine/ports.ts'
import type { AppView, Bridge, CommandAnswers, CommandArgs, CommandName, Reply } from '../../preload/contract.ts'
import type { Route } from '../lib/routes.ts'
import { ageView } from './aged.ts'
import type { Problem } from './bridge.ts'
import { ConnectFlow } from './connect-flow.svelte.ts'
import { ConnectionList } from './connection-list.svelte.ts'
import { PagedRows } from './paged-rows.svelte.ts'
import { Pulse } from './pulse.svelte.ts'
import { SeriesQuery } from './series-query.svelte.ts'
import { SettingsForm } from './settings-form.svelte.ts'

/** Main is asked whether it still answers when it was silent for so long, and must then answer within the second of these. */
const silenceMs = 20_000
const answerMs = 10_000
/** How often rows and lines that are on the screen are asked for again. */
const rowsEveryMs = 5_000
const seriesEveryMs = 20_000

/** All that the dashboard shows and asks. Lives as long as the window. */
export class AppState {
  readonly pulse: Pulse
  readonly series: SeriesQuery
  readonly activity: PagedRows<ActivityEntry, number>
  readonly ledger: PagedRows<LedgerRow, number>
  readonly connectFlow: ConnectFlow
  readonly connections: ConnectionList
  readonly settingsForm: SettingsForm
  /** First row of the ledger that does not fit the chain; null: whole, as far as was read. */
  ledgerBrokenAt = $state<number | null>(null)
  /** What the last command of a person failed with, until it is dismissed. */
  problem = $state.raw<Problem | null>(null)
  #route = $state<Route>('overview')
  #told = $state.raw<AppView | null>(null)
  #isOutOfTouch = $state(false)
  #heardAt = 0
  #askedAt: number | null = null
  readonly #bridge: Bridge

  constructor(bridge: Bridge, pulse = new Pulse()) {
    this.#bridge = bridge
    this.pulse = pulse
    const now = () => pulse.now
    this.series = new SeriesQuery(bridge, now)
    this.activity = new PagedRows(
      (before) => bridge.invoke('activity', { before }),
      (entry) => entry.at,
      now,
    )
    this.ledger = new PagedRows(
      (before) => this.#askLedger(before),
      (row) => row.seq,
      now,
    )
    this.connectFlow = new ConnectFlow(bridge, () => {
      this.go('overview')
    })
    this.connections = new ConnectionList(bridge)
    this.settingsForm = new SettingsForm(bridge)
  }

  /** What to show; null until main has told anything. */
  readonly view: AppView | null = $derived.by(() =>
    this.#told !== null && this.#isOutOfTouch ? ageView(this.#told) : this.#told,
  )

  /** Main no longer answers this window. */
  get isOutOfTouch(): boolean {
    return this.#isOutOfTouch
  }

  get route(): Route {
    return this.#route
  }

  /** Shows a view, with rows and lines that are asked for anew. */
  go(route: Route): void {
    this.problem = null
    this.#route = route
    this.#refresh(true)
  }

  /** Subscribes and asks for the first view; returns its undo. */
  start(): () => void {
    this.#heardAt = this.pulse.now
    const undo = [
      this.#bridge.onView((view) => {
        this.#hear(view)
      }),
      this.#bridge.onNavigate((route) => {
        this.go(route)
      }),
      this.pulse.start((now) => {
        this.#beat(now)
      }),
    ]
    void this.#ask()
    return () => {
      for (const step of undo) step()
    }
  }

  /** Runs a command of a person. A failure is kept as `problem`; null is returned then. */
  async run<C extends CommandName>(command: C, args: CommandArgs<C>): Promise<{ value: CommandAnswers[C] } | null> {
    this.problem = null
    const reply = await this.#bridge.invoke(command, args)
    if (reply.ok) return { value: reply.value }
    this.problem = { kind: reply.kind, message: reply.message }
    return null
  }

  async openConfirmation(direction: Direction): Promise<void> {
    await this.run('openConfirmation', { direction })
  }

  async #askLedger(before: number | null): Promise<Reply<readonly LedgerRow[]>> {
    const reply = await this.#bridge.invoke('ledger', { before })
    if (!reply.ok) return reply
    this.ledgerBrokenAt = reply.value.brokenAt
    return { ok: true, value: reply.value.rows }
  }

  #hear(view: AppView): void {
    const before = this.#told?.snapshot
    const after = view.snapshot
    this.#told = view
    this.#heardAt = this.pulse.now
    this.#askedAt = null
    this.#isOutOfTouch = false
    if (after.connection !== null && after.connection.id !== before?.connection?.id) this.#reload()
    else if (after.override.intent.kind !== before?.override.intent.kind) {
      // Each step of an act is a row of the ledger and a line of the activity.
      void this.ledger.refreshIfOlderThan(0)
      void this.activity.refreshIfOlderThan(0)
    }
  }

  #reload(): void {
    void this.series.reset()
    void this.activity.reset()
    void this.ledger.reset()
  }

  #beat(now: number): void {
    if (this.#askedAt !== null && now - this.#askedAt >= answerMs) this.#isOutOfTouch = true
    if (now - (this.#askedAt ?? this.#heardAt) >= silenceMs) void this.#ask()
    void this.activity.refreshIfOlderThan(rowsEveryMs)
    this.#refresh(false)
  }

  /** What stands on the screen beside the pushed view. */
  #refresh(isOpening: boolean): void {
    const usual = this.series.isEmpty ? rowsEveryMs : seriesEveryMs
    if (this.#route === 'overview') void this.series.refreshIfOlderThan(isOpening ? 0 : usual)
    if (this.#route === 'override') void this.ledger.refreshIfOlderThan(isOpening ? 0 : rowsEveryMs)
  }

  async #ask(): Promise<void> {
    this.#askedAt = this.pulse.now
    const reply = await this.#bridge.invoke('view', {})
    if (reply.ok) this.#hear(reply.value)
  }
}
