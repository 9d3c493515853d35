import { Worker } from 'node:worker_threads'

import type { LedgerFailure } from '../engine/events.ts'
import { fail } from '../engine/failure.ts'
import type { FleetStore, Ledger } from '../engine/ports.ts'
import type { OperationName, Operations, StoreReply, StoreRequest, WorkerData } from './messages.ts'
import { StoreError } from './store-error.ts'

export interface StoreOptions {
  readonly profileDir: string
  /** The worker's file: store-worker.js of the build, worker.ts under a Node that runs TypeScript. */
  readonly workerUrl: URL | string
  /** Told each sentence about a file that was set aside or could not be used, once. */
  readonly onNotice: (sentence: string) => void
}

/** The databases of a profile. Calls reject with a `StoreError` when they could not be carried out. */
export interface Store {
  /** Opens the memory of a connection. What cannot be kept on disk is kept until quit, and a notice says so. */
  openFleet(connection: string): Promise<FleetStore>
  /** Never rejects: what is wrong with the file or the worker is told as a notice, and by `append`. */
  openLedger(): Promise<Ledger>
  /** Closes and deletes all that was kept of a connection. */
  deleteFleet(connection: string): Promise<void>
  /** Lets calls under way end, closes all files and ends the worker. */
  close(): Promise<void>
}

/** Starts the store; its worker owns every file. */
export function openStore(options: StoreOptions): Store {
  const worker = new StoreWorker(options)
  return {
    openFleet: async (connection) => {
      await worker.call('fleetOpen', connection)
      return fleetStore(worker, connection)
    },
    openLedger: async () => {
      await worker.call('ledgerOpen').catch((error: unknown) => {
        const detail = error instanceof Error ? error.message : String(error)
        options.onNotice(`The ledger cannot be opened (${detail}). Nothing can be switched until it can.`)
      })
      return ledger(worker)
    },
    deleteFleet: async (connection) => {
      await worker.call('fleetDelete', connection)
    },
    close: () => worker.close(),
  }
}

function fleetStore(worker: StoreWorker, connection: string): FleetStore {
  return {
    recordFleet: async (reading) => {
      await worker.call('fleetRecord', connection, reading)
    },
    recordHistory: async (points) => {
      await worker.call('fleetRecordHistory', connection, points)
    },
    recordActivity: async (entry) => {
      await worker.call('fleetRecordActivity', connection, entry)
    },
    activity: (before, limit) => worker.call('fleetActivity', connection, before, limit),
    series: (query) => worker.call('fleetSeries', connection, query),
    remember: (now) => worker.call('fleetRemember', connection, now),
    close: async () => {
      await worker.call('fleetClose', connection)
    },
  }
}

function ledger(worker: StoreWorker): Ledger {
  return {
    append: (entry) =>
      worker.call('ledgerAppend', entry).catch((error: unknown) => {
        const detail = error instanceof Error ? error.message : String(error)
        return fail<LedgerFailure>({ kind: 'broken', detail })
      }),
    lastRows: (accountId, states) => worker.call('ledgerLastRows', accountId, states),
    page: (before, limit) => worker.call('ledgerPage', before, limit),
    verify: () => worker.call('ledgerVerify'),
    close: async () => {
      await worker.call('ledgerClose')
    },
  }
}

interface Pending {
  readonly resolve: (value: unknown) => void
  readonly reject: (error: StoreError) => void
}

/** The worker thread and the calls under way in it. One that died is started again by the next call. */
class StoreWorker {
  readonly #options: StoreOptions
  readonly #told = new Set<string>()
  #running: { readonly thread: Worker; readonly pending: Map<number, Pending> } | null = null
  #nextId = 1
  #isClosed = false

  constructor(options: StoreOptions) {
    this.#options = options
  }

  call<N extends OperationName>(name: N, ...args: Parameters<Operations[N]>): Promise<ReturnType<Operations[N]>> {
    if (this.#isClosed) return Promise.reject(new StoreError('closed', 'The store is closed.'))
    return this.#send(name, args) as Promise<ReturnType<Operations[N]>>
  }

  async close(): Promise<void> {
    if (this.#isClosed) return
    this.#isClosed = true
    const running = this.#running
    if (running === null) return
    // The worker answers in order, so this also waits for all that was asked before.
    await this.#send('closeAll', []).catch(() => null)
    await running.thread.terminate()
  }

  #send(name: OperationName, args: readonly unknown[]): Promise<unknown> {
    const { thread, pending } = (this.#running ??= this.#start())
    const id = this.#nextId++
    return new Promise((resolve, reject) => {
      pending.set(id, { resolve, reject })
      thread.postMessage({ id, name, args } satisfies StoreRequest)
    })
  }

  #start() {
    const { workerUrl, profileDir } = this.#options
    const thread = new Worker(workerUrl, { workerData: { profileDir } satisfies WorkerData })
    const running = { thread, pending: new Map<number, Pending>() }
    let cause: string | null = null
    thread.on('message', (reply: StoreReply) => {
      this.#settle(running.pending, reply)
    })
    thread.on('error', (error: unknown) => {
      cause = error instanceof Error ? error.message : String(error)
    })
    thread.on('exit', (code) => {
      if (this.#running === running) this.#running = null
      const error = new StoreError('crashed', `The store's worker stopped: ${cause ?? `exit code ${code}`}.`)
      for (const { reject } of running.pending.values()) reject(error)
      running.pending.clear()
    })
    return running
  }

  #settle(pending: Map<number, Pending>, reply: StoreReply): void {
    for (const sentence of reply.notices) {
      if (this.#told.has(sentence)) continue
      this.#told.add(sentence)
      this.#options.onNotice(sentence)
    }
    const call = pending.get(reply.id)
    pending.delete(reply.id)
    if (reply.ok) call?.resolve(reply.value)
    else call?.reject(new StoreError(reply.kind, reply.detail))
  }
}
