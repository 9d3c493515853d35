import { parentPort, workerData } from 'node:worker_threads'

import type { StoreReply, StoreRequest, WorkerData } from './messages.ts'
import { createOperations } from './operations.ts'
import { toStoreError } from './store-error.ts'

// The entry of the store's worker thread: one message in, one message out, in order.

const port = parentPort
if (port === null) throw new Error('The store runs in a worker thread only.')

const { profileDir } = workerData as WorkerData
const told: string[] = []
const operations = createOperations(profileDir, (sentence) => told.push(sentence))

port.on('message', ({ id, name, args }: StoreRequest) => {
  port.postMessage(answer(id, () => (operations[name] as (...given: readonly unknown[]) => unknown)(...args)))
})

function answer(id: number, work: () => unknown): StoreReply {
  try {
    const value = work()
    return { id, ok: true, value, notices: told.splice(0) }
  } catch (error) {
    const { kind, message } = toStoreError(error)
    return { id, ok: false, kind, detail: message, notices: told.splice(0) }
  }
}
