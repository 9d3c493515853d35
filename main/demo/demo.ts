import { once } from 'node:events'
import { Worker } from 'node:worker_threads'

import type { DemoFleet, DemoStarted } from './worker-messages.ts'

/** A demo account that the app made for itself. Address and tokens are new each time and live in memory. */
export interface OwnDemoAccount {
  readonly baseUrl: string
  readonly watchToken: string
  readonly actToken: string
  readonly accountId: string
  readonly accountName: string
  close(): Promise<void>
}

/**
 * Starts a demo account in a worker thread, so that its simulation never holds up main. `workerUrl` is the built entry of the
 * worker. Throws when it cannot start.
 */
export async function startDemo({ workerUrl, ...fleet }: DemoFleet & { workerUrl: URL }): Promise<OwnDemoAccount> {
  const worker = new Worker(workerUrl, { workerData: fleet, env: {}, name: 'demo account' })
  const [started] = (await once(worker, 'message')) as [DemoStarted]
  if (!started.ok) {
    await worker.terminate()
    throw new Error(`The demo account did not start: ${started.detail}`)
  }
  const { baseUrl, watchToken, actToken, accountId, accountName } = started
  return {
    baseUrl,
    watchToken,
    actToken,
    accountId,
    accountName,
    async close() {
      await worker.terminate()
    },
  }
}
