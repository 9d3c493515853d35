import type { AppView, Reply } from '../../preload/contract.ts'
import type { Settings, ShellFacts } from '../../preload/contract-types.ts'
import type { Direction } from '../engine/model.ts'
import type { FleetStore } from '../engine/ports.ts'
import { takeSnapshot, type Snapshot } from '../engine/snapshot.ts'
import { makeStatus } from '../engine/status.ts'
import { makeCommands, pauseEnd, type CommandHandlers, type Pause } from './commands.ts'
import { Confirmation } from './confirmation.ts'
import { Connections } from './connections.ts'
import { Demo } from './demo-connection.ts'
import { EngineLoop, type UnstampedEvent } from './engine-loop.ts'
import type { AppPorts, Shell } from './ports.ts'
import { StatusWriter } from './status-writer.ts'
import { StoredConnections } from './stored-connections.ts'
import { TokenCheck } from './token-check.ts'
import { TokenUpkeep } from './token-upkeep.ts'
import { Tokens } from './tokens.ts'
import { Turns } from './turns.ts'
import { Watch } from './watch.ts'
import { within } from './within.ts'
import { answer } from './words.ts'

/** Notices are read by a person: the newest few. */
const noticesShown = 20
/** A switch that is on its way when the app quits has this long to be answered, so that its result is recorded. */
const lastAnswerMs = 1_500

/** The whole app without its desktop: engine, wire, memory and commands put together. */
export class App {
  readonly #ports: AppPorts
  readonly #shell: Shell
  readonly #loop: EngineLoop
  readonly #watch: Watch
  readonly #demo: Demo
  readonly #connections: Connections
  readonly #confirmation: Confirmation
  readonly #status: StatusWriter
  readonly #notices: readonly string[]
  readonly #said: string[] = []
  readonly #waiting = new Set<(snapshot: Snapshot) => void>()
  readonly commands: CommandHandlers
  #isClosed = false
  #keychain: ShellFacts['keychain'] = { kind: 'working', detail: '' }

  /** `notices`: what the parts around the app have to say; it may grow while the app runs (then call `redraw`). */
  constructor(ports: AppPorts, shell: Shell, notices: readonly string[]) {
    this.#ports = ports
    this.#shell = shell
    this.#notices = notices
    this.#status = new StatusWriter((report) => {
      ports.writeStatus(report).catch((error: unknown) => {
        ports.log('status file failed', { message: String(error) })
      })
    })
    const dispatch = (event: UnstampedEvent) => {
      this.#loop.dispatch(event)
    }
    const say = (sentence: string) => {
      this.#say(sentence)
    }
    const tokens = new Tokens(ports, say)
    const tokenCheck = new TokenCheck(ports)
    this.#watch = new Watch(ports, tokens, { dispatch, say })
    this.#demo = new Demo(ports, tokens)
    this.#loop = new EngineLoop({
      clock: ports.clock,
      settings: ports.settings.settings(),
      seed: ports.seed,
      carryOut: (effect) => {
        this.#watch.carryOut(effect)
      },
      onStep: () => {
        this.#publish()
      },
      onBug: (error) => {
        ports.log('engine bug', { message: stackOf(error) })
      },
    })
    const stored = new StoredConnections(ports.settings)
    const parts = {
      stored,
      watch: this.#watch,
      tokens,
      tokenCheck,
      turns: new Turns(),
      isSwitching: () => this.#snapshot().override.intent.kind === 'sending',
    }
    this.#connections = new Connections({ ...parts, ports, demo: this.#demo, say })
    const tokenUpkeep = new TokenUpkeep({ ...parts, address: ports.address })
    this.#confirmation = new Confirmation({
      ports,
      shell,
      snapshot: () => this.#snapshot(),
      dispatch,
      until: (isSo) => this.#until(isSo),
    })
    // What is set holds from the start, whichever way it starts.
    shell.applyTheme(ports.settings.settings().theme)
    this.commands = makeCommands({
      app: this,
      connections: this.#connections,
      stored,
      tokenCheck,
      tokenUpkeep,
      ports,
      shell,
    })
  }

  /** Watches what was watched before; with nothing to watch the first window opens. */
  async start(): Promise<void> {
    this.#publish()
    await this.#connections.resume()
    if (this.#watch.connection === null) this.#shell.openDashboard('overview')
  }

  dispatch(event: UnstampedEvent): void {
    this.#loop.dispatch(event)
  }

  view(): AppView {
    return {
      snapshot: this.#snapshot(),
      shell: {
        ...this.#shell.facts(),
        keychain: this.#keychain,
        theme: this.#ports.settings.settings().theme,
        notices: [...this.#notices, ...this.#said].slice(-noticesShown),
      },
    }
  }

  fleet(): FleetStore | null {
    return this.#watch.fleet
  }

  openConfirmation(direction: Direction): Reply<null> {
    return this.#confirmation.open(direction)
  }

  tryDemo(): Promise<Reply<{ readonly connection: string }>> {
    return this.#connections.tryDemo()
  }

  saveSettings(settings: Settings): void {
    this.#ports.settings.saveSettings(settings)
    this.#shell.applyTheme(settings.theme)
    this.#shell.applyOpenAtLogin(settings.openAtLogin)
    this.dispatch({ type: 'settingsChanged', settings })
  }

  pauseNotifications(pause: Pause): Reply<null> {
    const until = pauseEnd(pause, this.#ports.clock.now())
    this.#ports.settings.pauseNotifications(until)
    this.dispatch({ type: 'notificationsPaused', until })
    return answer(null)
  }

  /** Something that only the shell knows changed: draws it. */
  redraw(): void {
    this.#publish()
  }

  /** What the last use of the keychain told. */
  noteKeychain(keychain: ShellFacts['keychain']): void {
    if (keychain.kind === this.#keychain.kind && keychain.detail === this.#keychain.detail) return
    this.#keychain = keychain
    this.#publish()
  }

  /**
   * Lets a switch that is on its way be answered, then stops. Nothing is drawn and no status written afterwards: a tray
   * that says "signed out" at the end would not be true.
   */
  async close(): Promise<void> {
    const answered = this.#until(({ override }) => override.intent.kind !== 'sending')
    await within(this.#ports.clock, lastAnswerMs, answered, null)
    this.#isClosed = true
    this.#loop.close()
    await this.#watch.end()
    await this.#demo.close()
    await this.#ports.ledger.close()
  }

  #snapshot(): Snapshot {
    return takeSnapshot(this.#loop.state, this.#ports.clock.now())
  }

  #until(isSo: (snapshot: Snapshot) => boolean): Promise<Snapshot> {
    return new Promise((resolve) => {
      const look = (snapshot: Snapshot) => {
        if (!isSo(snapshot)) return
        this.#waiting.delete(look)
        resolve(snapshot)
      }
      this.#waiting.add(look)
      look(this.#snapshot())
    })
  }

  #say(sentence: string): void {
    if (this.#said.includes(sentence)) return
    this.#said.push(sentence)
    this.#publish()
  }

  #publish(): void {
    if (this.#isClosed) return
    try {
      const view = this.view()
      for (const look of this.#waiting) look(view.snapshot)
      this.#status.offer(makeStatus(this.#loop.state, this.#ports.clock.now(), this.#ports.version))
      this.#shell.show(view)
    } catch (error) {
      // Whoever caused it (a keychain that answered, a store that failed) must not fail for it.
      this.#ports.log('drawing failed', { message: stackOf(error) })
    }
  }
}

function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}
