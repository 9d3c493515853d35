import { parentPort, workerData } from 'node:worker_threads'

import { startDemoServer } from './server.ts'
import type { DemoFleet, DemoStarted } from './worker-messages.ts'

// The entry of the demo account's worker thread: says once where it is, and ends with its thread.

const port = parentPort
if (port === null) throw new Error('The demo account runs in a worker thread only.')

/** Time enough to see the fleet well before a scenario's trouble begins. */
const beginsAfterMs = 90_000

try {
  const server = await startDemoServer({ ...(workerData as DemoFleet), beginsAfterMs })
  const { baseUrl, watchToken, actToken, accountId, accountName } = server
  port.postMessage({ ok: true, baseUrl, watchToken, actToken, accountId, accountName } satisfies DemoStarted)
} catch (error) {
  const detail = error instanceof Error ? error.message : String(error)
  port.postMessage({ ok: false, detail } satisfies DemoStarted)
}
