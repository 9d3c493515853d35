import type { Call } from '../../main/engine/calls.ts'
import { nextDueAt, startEngine, step } from '../../main/engine/engine.ts'
import type { EngineState } from '../../main/engine/engine.ts'
import { emptyMemory } from '../../main/engine/events.ts'
import type { ActivityEntry, Effect, EngineEvent, LedgerFailure, Memory, Notice } from '../../main/engine/events.ts'
import { fail, succeed } from '../../main/engine/failure.ts'
import type { Connection, Direction } from '../../main/engine/model.ts'
import type { Act, LedgerEntry } from '../../main/engine/override/act.ts'
import { defaultWatchSettings } from '../../main/engine/settings.ts'
import type { WatchSettings } from '../../main/engine/settings.ts'
import { takeSnapshot } from '../../main/engine/snapshot.ts'
import type { Snapshot } from '../../main/engine/snapshot.ts'
import { makeStatus } from '../../main/engine/status.ts'
import { ScriptedAccount } from './account.ts'

export const second = 1000
export const minute = 60 * second
export const hour = 60 * minute
export const day = 24 * hour
/** A Tuesday, 12:00 UTC. */
export const noon = 1_799_755_200_000

export const connection: Connection = {
  id: 'one',
  accountId: 'account',
  accountName: 'Example',
  isDemo: false,
  actsWith: 'actToken',
  tokensHeldIn: 'keychain',
  expiresOn: { watch: null, act: null },
}

/** An event before it is given its time. */
export type Happening = EngineEvent extends infer E ? (E extends EngineEvent ? Omit<E, 'at'> : never) : never

interface Waiting {
  readonly at: number
  readonly event: Happening
}

const latencyMs = 200

/** The engine on a virtual clock, with a scripted account, a ledger and a desk around it. */
export class Scene {
  readonly account = new ScriptedAccount()
  readonly calls: (Call & { readonly at: number })[] = []
  readonly notices: Notice[] = []
  readonly activity: ActivityEntry[] = []
  readonly ledger: LedgerEntry[] = []
  readonly effects: Effect[] = []
  /** The questions that were answered, as far as they are about the override. */
  readonly answers: { readonly call: Call & { readonly at: number }; readonly answer: string | null }[] = []
  /** Why the ledger cannot be written; null: it can. */
  ledgerFailure: LedgerFailure | null = null
  /** The app's loop takes a step at least this often. */
  heartbeatMs = 10 * second
  at: number
  state: EngineState
  #waiting: Waiting[] = []

  constructor(settings: Partial<WatchSettings> = {}, at = noon) {
    this.at = at
    this.state = startEngine({ ...defaultWatchSettings, ...settings }, 7)
  }

  /** A scene that has watched an account for a while. */
  static watching(
    settings: Partial<WatchSettings> = {},
    memory: Partial<Memory> = {},
    changes: Partial<Connection> = {},
  ) {
    const scene = new Scene(settings)
    scene.connect(memory, changes)
    scene.run(minute)
    return scene
  }

  connect(memory: Partial<Memory> = {}, changes: Partial<Connection> = {}): void {
    const connected = { ...connection, ...changes }
    this.dispatch({ type: 'connected', connection: connected, memory: { ...emptyMemory, ...memory } })
  }

  dispatch(event: Happening): void {
    const turn = step(this.state, { ...event, at: this.at })
    this.state = turn.state
    for (const effect of turn.effects) this.#carryOut(effect)
  }

  /** Lets time pass: answers come, timers fire. */
  run(ms: number): void {
    const end = this.at + ms
    for (;;) {
      const next = this.#next()
      if (next.at > end) break
      this.at = Math.max(this.at, next.at)
      this.#waiting = this.#waiting.filter((each) => each !== next)
      this.dispatch(next.event)
    }
    this.at = end
  }

  /** The process is stopped for so long; what was due meanwhile never happens. */
  freeze(ms: number): void {
    this.at += ms
    this.#waiting = []
  }

  /** The process ends here and now and is started again at once, with what the store remembers. */
  crash(memory: Partial<Memory> = {}): void {
    this.#waiting = []
    this.state = startEngine(this.state.settings, 8)
    this.connect(memory)
  }

  /** Jumps to a moment and lets the timer fire there; answers wait. */
  tickAt(at: number): void {
    this.at = at
    this.dispatch({ type: 'tick' })
  }

  /** Runs in small steps and calls `look` after each. */
  watch(ms: number, look: (snapshot: Snapshot) => void, everyMs = second): void {
    for (const end = this.at + ms; this.at < end;) {
      this.run(everyMs)
      look(this.snapshot)
    }
  }

  /** A person opens the window, holds, and the act goes its way as far as no time has to pass. */
  confirm(direction: Direction, changes: Partial<Act> = {}): Act {
    const { override } = this.snapshot
    const act: Act = {
      id: `00000000-0000-4000-8000-${String(this.ledger.length).padStart(12, '0')}`,
      accountId: connection.accountId,
      accountName: connection.accountName,
      kind: 'override',
      direction,
      seen: override.state,
      seenTimestamp: override.timestamp,
      reason: 'Carrier down',
      incident: null,
      revertAt: null,
      at: this.at,
      ...changes,
    }
    this.dispatch({ type: 'confirmOpened', actId: act.id, direction })
    this.dispatch({ type: 'actConfirmed', act })
    return act
  }

  get snapshot(): Snapshot {
    return takeSnapshot(this.state, this.at)
  }

  get face() {
    return this.snapshot.face
  }

  get status() {
    return makeStatus(this.state, this.at, '1.2.3')
  }

  get posts(): Call[] {
    return this.calls.filter(({ request }) => request.kind === 'switchOverride')
  }

  get texts(): string[] {
    return this.activity.map(({ text }) => text)
  }

  /** What was written down and told, a line each. */
  get record(): { activity: string[]; ledger: string[]; notices: string[] } {
    return {
      activity: this.activity.map(({ kind, tone, text }) => `${kind}, ${tone}: ${text}`),
      ledger: this.ledger.map(({ state, note }) => `${state}: ${note}`),
      notices: this.notices.map(({ urgency, opens, key, title }) => `${urgency}, ${opens}, ${key}: ${title}`),
    }
  }

  /** The states that the ledger recorded of an act, oldest first. */
  ledgerOf(act: Act): string[] {
    return this.ledger.filter((each) => each.act.id === act.id).map(({ state }) => state)
  }

  /** When questions of a kind were asked since `from`. */
  asked(kind: Call['request']['kind'], from = 0): number[] {
    return this.calls.filter((call) => call.request.kind === kind && call.at >= from).map(({ at }) => at)
  }

  #next(): Waiting {
    const due = Math.max(this.at + 50, Math.min(nextDueAt(this.state) ?? Infinity, this.at + this.heartbeatMs))
    const tick: Waiting = { at: due, event: { type: 'tick' } }
    return this.#waiting.reduce((soonest, each) => (each.at < soonest.at ? each : soonest), tick)
  }

  #carryOut(effect: Effect): void {
    if (typeof effect !== 'object') throw new Error('Not an effect')
    this.effects.push(effect)
    switch (effect.type) {
      case 'call': {
        const { call } = effect
        const asked = { ...call, at: this.at }
        this.calls.push(asked)
        const outcome = this.account.answer(call, this.at)
        if (outcome === null) return
        if (outcome.result.ok && outcome.result.value.kind === 'readOverride') {
          this.answers.push({ call: asked, answer: outcome.result.value.value.value })
        }
        this.#waiting.push({ at: this.at + latencyMs, event: { type: 'answered', callId: call.id, outcome } })
        return
      }
      case 'appendLedger': {
        const result = this.ledgerFailure === null ? succeed(null) : fail(this.ledgerFailure)
        if (result.ok) this.ledger.push(effect.entry)
        this.#waiting.push({ at: this.at + 5, event: { type: 'ledgerAppended', entry: effect.entry, result } })
        return
      }
      case 'notify':
        this.notices.push(effect.notice)
        return
      case 'recordActivity':
        this.activity.push(effect.entry)
        return
      case 'recordFleet':
      case 'recordHistory':
    }
  }
}
