import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { expect, onTestFinished, vi } from 'vitest'

import { App } from '../../../main/app/app.ts'
import { observeKeychain } from '../../../main/app/observed-keychain.ts'
import type { AppPorts } from '../../../main/app/ports.ts'
import { checkToken } from '../../../main/cloudflare/check.ts'
import { openGateway } from '../../../main/cloudflare/gateway.ts'
import type { Notice } from '../../../main/engine/events.ts'
import type { FleetStore, Keychain, Ledger } from '../../../main/engine/ports.ts'
import type { Snapshot } from '../../../main/engine/snapshot.ts'
import { openStore, type Store } from '../../../main/store/database.ts'
import { keychainAccount } from '../../../main/store/keychain.ts'
import { openLog } from '../../../main/store/log.ts'
import { openMemoryKeychain } from '../../../main/store/memory-keychain.ts'
import { openSettings } from '../../../main/store/settings.ts'
import { openStatusFile } from '../../../main/store/status-file.ts'
import type { CommandArgs } from '../../../preload/contract.ts'
import type { TestAccount } from './account.ts'
import { UnderWay } from './under-way.ts'
import type { VirtualClock } from './virtual-clock.ts'
import { Windows } from './windows.ts'

// electron-store imports electron, whose package looks for its runtime at once: here a name is enough.
vi.hoisted(() => {
  process.env.ELECTRON_OVERRIDE_DIST_PATH ??= 'none'
})

const storeWorker = new URL('../../../main/store/worker.ts', import.meta.url)

export interface FleetlightOptions {
  readonly profile: string
  readonly account: TestAccount
  /** What outlives this run; one of its own if not told. */
  readonly keychain?: Keychain
  /** Instead of the real worker of the store. */
  readonly storeWorker?: URL
  /** Around the ledger, to stop the app at a point. */
  readonly ledger?: (real: Ledger) => Ledger
  /** What a call may take, really; milliseconds. */
  readonly deadlineMs?: number
  /** Other than the account's. */
  readonly address?: string
  readonly startDemo?: AppPorts['startDemo']
}

/**
 * The whole app but its desktop: real store, settings, log, status file and wire. Only its clock is virtual, and the
 * keychain is memory that a test can break.
 */
export class Fleetlight {
  readonly windows = new Windows()
  readonly notices: Notice[] = []
  readonly profile: string
  /** The keychain of this machine, for a start after this one. */
  readonly keychain: Keychain
  /** Where tokens are held until the app ends. */
  readonly memory = openMemoryKeychain()
  readonly clock: VirtualClock
  readonly #account: TestAccount
  readonly #underWay = new UnderWay()
  readonly #store: Store
  readonly #app: App
  #isCutOff = false

  private constructor(options: FleetlightOptions, store: Store, ledger: Ledger, said: string[]) {
    const { profile, account } = options
    const { clock } = account
    this.profile = profile
    this.keychain = options.keychain ?? openMemoryKeychain()
    this.clock = clock
    this.#account = account
    this.#store = store
    const wired = <T extends object>(real: T): T => this.#underWay.watch(real)
    const fetch: typeof globalThis.fetch = (...request) =>
      this.#isCutOff ? new Promise(() => undefined) : globalThis.fetch(...request)
    const address = options.address ?? account.baseUrl
    const statusFile = openStatusFile(profile)
    const ports: AppPorts = {
      clock,
      version: '0.0.0',
      address,
      vaults: {
        keychain: observeKeychain(wired(this.keychain), (seen) => {
          this.#app.noteKeychain(seen)
        }),
        memory: wired(this.memory),
      },
      keychainAccount,
      settings: openSettings(profile, (sentence) => said.push(sentence)),
      ledger: wired(options.ledger?.(ledger) ?? ledger),
      openFleet: (id) => this.#underWay.add(store.openFleet(id).then((fleet): FleetStore => wired(fleet))),
      deleteFleet: (id) => this.#underWay.add(store.deleteFleet(id)),
      openApi: (target) =>
        wired(openGateway({ ...target, fetch, deadlineMs: options.deadlineMs ?? 5_000, now: clock.now })),
      checkToken: (target) => checkToken({ ...target, fetch, now: clock.now }),
      startDemo: options.startDemo ?? (() => Promise.reject(new Error('none in this test'))),
      notifier: { show: (notice) => this.notices.push(notice) },
      writeStatus: (report) => this.#underWay.add(statusFile.write(report)),
      writeFile: (file, text) => writeFile(file, text, { mode: 0o600 }),
      newId: randomUUID,
      seed: 7,
      log: openLog({ folder: join(profile, 'log') }),
    }
    this.#app = new App(ports, this.windows.shell, said)
    this.windows.attach(this.#app)
  }

  /** Starts the app in a profile, as at login. Ends with the test, if not before. */
  static async start(options: FleetlightOptions): Promise<Fleetlight> {
    const said: string[] = []
    const onNotice = (sentence: string) => said.push(sentence)
    const store = openStore({
      profileDir: options.profile,
      workerUrl: options.storeWorker ?? storeWorker,
      onNotice,
    })
    const fleetlight = new Fleetlight(options, store, await store.openLedger(), said)
    onTestFinished(() => fleetlight.crash())
    await fleetlight.#app.start()
    await fleetlight.settle()
    return fleetlight
  }

  get snapshot(): Snapshot {
    return this.#app.view().snapshot
  }

  get app(): App {
    return this.#app
  }

  /** The sentences that the windows show once. */
  get said(): readonly string[] {
    return this.#app.view().shell.notices
  }

  /** A command of the dashboard that must go well. */
  async ask<C extends Parameters<Windows['invoke']>[0]>(command: C, args: CommandArgs<C>) {
    const reply = await this.windows.invoke(command, args)
    await this.settle()
    if (!reply.ok) throw new Error(`${command}: ${reply.kind}: ${reply.message}`)
    return reply.value
  }

  /** Connects to the account as a person does: with the watch token and, unless told, an act token of its own. */
  connect(change: Partial<CommandArgs<'startWatching'>> = {}) {
    return this.ask('startWatching', {
      token: this.#account.tokens.watch,
      account: this.#account.accountId,
      actToken: this.#account.tokens.act,
      actsWithWatchToken: false,
      holdInMemory: false,
      ...change,
    })
  }

  /** Ends when nothing is under way between the app and what it talks to. */
  settle(): Promise<void> {
    return this.#underWay.settle()
  }

  /** Lets time go by, at most `seconds`, until something is so. */
  async until(what: string, isSo: (snapshot: Snapshot) => boolean, seconds = 600): Promise<Snapshot> {
    const end = this.clock.now() + seconds * 1000
    await this.settle()
    while (!isSo(this.snapshot)) {
      const isOver = !this.clock.step(end)
      await this.settle()
      if (isOver) expect.fail(`not within ${seconds} s: ${what}; ${JSON.stringify(this.snapshot.override)}`)
    }
    return this.snapshot
  }

  async pass(seconds: number): Promise<void> {
    const end = this.clock.now() + seconds * 1000
    await this.settle()
    for (let goesOn = true; goesOn;) {
      goesOn = this.clock.step(end)
      await this.settle()
    }
  }

  /** Opens the confirmation window and holds its button to the end. */
  async switchOverride(direction: 'disconnect' | 'reconnect', reason: string) {
    await this.ask('openConfirmation', { direction })
    const reply = await this.windows.confirmation?.hold(reason)
    await this.settle()
    return reply
  }

  /** The states that the ledger has of its acts, oldest first. */
  async ledgerStates(): Promise<string[]> {
    const { rows, brokenAt } = await this.ask('ledger', { before: null })
    expect(brokenAt).toBeNull()
    return rows.map(({ entry }) => entry.state).reverse()
  }

  status(): unknown {
    return JSON.parse(readFileSync(join(this.profile, 'status.json'), 'utf8'))
  }

  /** Quits in order; a switch that is on its way has two seconds to be answered. */
  async quit(): Promise<void> {
    const end = this.clock.now() + 2_000
    const closing = this.#app.close()
    const isClosed = async () => Promise.race([closing.then(() => true), this.settle().then(() => false)])
    while (!(await isClosed()) && this.clock.step(end));
    await closing
    await this.#store.close()
  }

  /** The process is gone from one moment to the next: what it would still have done it does not do. */
  async crash(): Promise<void> {
    this.#isCutOff = true
    this.clock.stop()
    await this.#store.close()
  }
}
