import type { Call, CallOutcome } from '../engine/calls.ts'
import { emptyMemory, type Effect, type Memory } from '../engine/events.ts'
import { fail, type EpochMs } from '../engine/failure.ts'
import type { Connection, TokenRole } from '../engine/model.ts'
import type { FleetApi, FleetStore } from '../engine/ports.ts'
import type { UnstampedEvent } from './engine-loop.ts'
import type { AppPorts, StoredConnection } from './ports.ts'
import { openTokenSource, type TokenSource } from './token-source.ts'
import type { Tokens } from './tokens.ts'
import { openUnkeptFleet } from './unkept-fleet.ts'
import { within } from './within.ts'

/** A store that has not answered by then is done without. */
const storeAnswersMs = 15_000

/** What is open while a connection is watched. */
interface Watched {
  readonly connection: StoredConnection
  readonly api: FleetApi
  readonly fleet: FleetStore
  readonly tokens: TokenSource
}

export interface WatchHooks {
  readonly dispatch: (event: UnstampedEvent) => void
  /** Shows a sentence in the windows, once. */
  readonly say: (sentence: string) => void
}

/** The connection that is watched now, if any: its wire and its memory, and the effects that go to them. */
export class Watch {
  readonly #ports: AppPorts
  readonly #tokens: Tokens
  readonly #hooks: WatchHooks
  #watched: Watched | null = null

  constructor(ports: AppPorts, tokens: Tokens, hooks: WatchHooks) {
    this.#ports = ports
    this.#tokens = tokens
    this.#hooks = hooks
  }

  get fleet(): FleetStore | null {
    return this.#watched?.fleet ?? null
  }

  get connection(): StoredConnection | null {
    return this.#watched?.connection ?? null
  }

  /** Begins to watch at an address; whatever was watched before is ended first. Never overlaps with itself. */
  async begin(connection: StoredConnection, address: string): Promise<void> {
    await this.end()
    const fleet = await this.#openFleet(connection.id)
    const memory = await this.#recall(connection, fleet)
    const { accountId } = connection
    const tokens = openTokenSource(
      (role) => this.#tokens.read({ address, accountId }, role),
      () => this.#watched?.connection.tokensHeldIn ?? connection.tokensHeldIn,
    )
    const api = this.#ports.openApi({ baseUrl: address, accountId, token: tokens.token })
    this.#watched = { connection, api, fleet, tokens }
    this.#hooks.dispatch({ type: 'connected', connection: toEngineConnection(connection), memory })
  }

  /** The tokens of a stored connection changed: what is held of them is out of date. Watching goes on. */
  refresh(connection: StoredConnection): void {
    const watched = this.#watched
    if (watched?.connection.id !== connection.id) return
    watched.tokens.reread()
    this.#watched = { ...watched, connection }
    this.#hooks.dispatch({ type: 'connectionChanged', connection: toEngineConnection(connection) })
  }

  /** Ends every call and forgets the tokens that were held for them. */
  async end(): Promise<void> {
    const watched = this.#watched
    if (watched === null) return
    watched.api.close()
    // Still with its memory, for the engine may have something to note there.
    this.#hooks.dispatch({ type: 'disconnected' })
    this.#watched = null
    await watched.fleet.close().catch((error: unknown) => {
      this.#ports.log('store failed', { what: 'close', message: String(error) })
    })
  }

  /** Carries out an effect of the engine; a failure of the store is logged and shown, never lost. */
  carryOut(effect: Effect): void {
    const watched = this.#watched
    switch (effect.type) {
      case 'call':
        if (watched !== null) void this.#send(watched, effect.call)
        return
      case 'recordFleet':
        this.#keep(watched?.fleet.recordFleet(effect.reading))
        return
      case 'recordHistory':
        this.#keep(watched?.fleet.recordHistory(effect.points, effect.asOf))
        return
      case 'recordActivity':
        this.#keep(watched?.fleet.recordActivity(effect.entry))
        return
      case 'appendLedger':
        void this.#append(effect)
        return
      case 'notify':
        this.#ports.notifier.show(effect.notice)
    }
  }

  async #openFleet(id: string): Promise<FleetStore> {
    try {
      const opened = await within(this.#ports.clock, storeAnswersMs, this.#ports.openFleet(id), null)
      if (opened !== null) return opened
      this.#ports.log('store failed', { what: 'open', message: 'no answer' })
    } catch (error) {
      this.#ports.log('store failed', { what: 'open', message: String(error) })
    }
    this.#hooks.say(
      'The database of this connection cannot be used, so nothing of it is recorded. Watching goes on without charts; restart Fleetlight to try again.',
    )
    return openUnkeptFleet()
  }

  /** What is known from before. What cannot be read is as if it had never been, and is said. */
  async #recall(connection: StoredConnection, fleet: FleetStore): Promise<Memory> {
    const now = this.#ports.clock.now()
    const pausedUntil = this.#ports.settings.notificationsPausedUntil()
    const [remembered, unsettled] = await Promise.all([
      this.#orElse(
        fleet.remember(now),
        emptyMemory,
        'What was recorded before cannot be read: charts and expected counts begin anew.',
      ),
      this.#orElse(
        this.#ports.ledger.lastRows(connection.accountId, ['intended', 'sent', 'unconfirmed']),
        [],
        'The ledger cannot be read, so Fleetlight does not know whether a switch was under way when it last quit. Look at the override itself before you act.',
      ),
    ])
    return {
      recentConnected: remembered.recentConnected,
      lastWeek: remembered.lastWeek,
      watchedUntil: remembered.watchedUntil,
      unsettled,
      notificationsPausedUntil: pausedUntil !== null && pausedUntil > now ? pausedUntil : null,
    }
  }

  async #orElse<T>(reading: Promise<T>, otherwise: T, sentence: string): Promise<T> {
    try {
      const read = await within(this.#ports.clock, storeAnswersMs, reading, null)
      if (read !== null) return read
      this.#ports.log('store failed', { what: 'recall', message: 'no answer' })
    } catch (error) {
      this.#ports.log('store failed', { what: 'recall', message: String(error) })
    }
    this.#hooks.say(sentence)
    return otherwise
  }

  async #send(watched: Watched, call: Call): Promise<void> {
    const outcome = await this.#answerOf(watched, call)
    const { result } = outcome
    if (!result.ok) this.#ports.log('call failed', { request: call.request.kind, kind: result.failure.kind })
    // An answer for a connection that is no longer watched must not colour the next one.
    if (this.#watched?.api !== watched.api) return
    this.#hooks.dispatch({ type: 'answered', callId: call.id, outcome })
    if (result.ok && result.value.kind === 'verifyToken')
      this.#noteExpiry(watched, call.token, result.value.value.expiresOn)
  }

  async #answerOf(watched: Watched, call: Call): Promise<CallOutcome> {
    try {
      return await watched.api.send(call)
    } catch (error) {
      this.#ports.log('gateway bug', { request: call.request.kind, message: String(error) })
      // As careful as it can be: for a POST this means that only reading can tell.
      const failure = { kind: 'timeout', detail: 'Fleetlight failed while it waited for the answer.' } as const
      return { result: fail(failure), limits: [], serverDate: null }
    }
  }

  /** Keeps what Cloudflare says of a token's end, unless the token was replaced since it was asked. */
  #noteExpiry(watched: Watched, role: TokenRole, expiresOn: EpochMs | null): void {
    if (this.#watched !== watched || watched.connection.expiresOn[role] === expiresOn) return
    const connection = { ...watched.connection, expiresOn: { ...watched.connection.expiresOn, [role]: expiresOn } }
    const { settings } = this.#ports
    settings.saveConnections(settings.connections().map((one) => (one.id === connection.id ? connection : one)))
    // The engine has it from the same answer.
    this.#watched = { ...watched, connection }
  }

  async #append(effect: Extract<Effect, { type: 'appendLedger' }>): Promise<void> {
    const result = await this.#ports.ledger.append(effect.entry)
    if (!result.ok) {
      this.#ports.log('ledger failed', { kind: result.failure.kind, message: result.failure.detail })
      this.#hooks.say(
        effect.entry.state === 'intended'
          ? `The ledger could not be written (${result.failure.detail}), so nothing was sent: no switch goes out unrecorded.`
          : `What came of a switch could not be written to the ledger (${result.failure.detail}). The log and Cloudflare's audit log have it.`,
      )
    }
    this.#hooks.dispatch({ type: 'ledgerAppended', entry: effect.entry, result })
  }

  #keep(work: Promise<void> | undefined): void {
    work?.catch((error: unknown) => {
      this.#ports.log('store failed', { what: 'record', message: String(error) })
      this.#hooks.say('What was read could not be recorded, so charts and activity have a gap. The log says why.')
    })
  }
}

function toEngineConnection(stored: StoredConnection): Connection {
  const { id, accountId, accountName, isDemo, actsWith, tokensHeldIn, expiresOn } = stored
  return { id, accountId, accountName, isDemo, actsWith, tokensHeldIn, expiresOn }
}
