import { onTestFinished } from 'vitest'

import { startDemoServer, type DemoOptions, type DemoServer } from '../../main/demo/server.ts'

/** A Tuesday afternoon, when a fleet is at work. */
export const tuesday = Date.UTC(2026, 10, 24, 14)
export const minuteMs = 60_000
export const hourMs = 60 * minuteMs

/** What tests read of a row, of whichever list. */
interface Row {
  readonly id: string
  readonly name: string
  readonly [field: string]: unknown
}

interface Counted {
  readonly value: string
  readonly uniqueDevicesTotal: number
  readonly timestamp: string
}

/** What tests read of a result, of whichever operation. */
interface Result {
  readonly status: string
  readonly disconnect: boolean
  readonly timestamp: string
  readonly deviceStats: {
    readonly uniqueDevicesTotal: number
    readonly byStatus: readonly Counted[]
    readonly byMode: readonly Counted[]
    readonly byPlatform: readonly Counted[]
    readonly byColo: readonly Counted[]
    readonly byVersion: readonly Counted[]
  }
}

/** What an answer looked like from outside. */
interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  readonly body: {
    readonly success: boolean
    readonly errors: readonly { readonly code: number; readonly message: string }[]
    readonly messages: readonly unknown[]
    readonly result: Result & readonly Row[]
    readonly result_info: {
      readonly count: number | string
      readonly cursor?: string | null
      readonly total_count: number
      readonly total_pages: number
    }
  }
}

interface Asking {
  readonly as?: keyof DemoServer['tokens']
  /** In place of the token's own header; null: none. */
  readonly authorization?: string | null
  readonly post?: unknown
}

/** A demo account of a test, with a clock of the test's own. */
export interface OpenAccount extends DemoServer {
  /** Moves the clock, and with it what the account lives through. */
  pass(ms: number): void
  /** Asks over HTTP. `~` stands for /accounts/{account_id}. */
  ask(path: string, asking?: Asking): Promise<Answer>
}

/** Opens an account for one test: 100 devices, no latency, nobody else on the limit. */
export async function openAccount(options: DemoOptions = {}): Promise<OpenAccount> {
  let at = tuesday
  const server = await startDemoServer({
    devices: 100,
    latency: { from: 0, to: 0 },
    othersPerMinute: 0,
    now: () => at,
    ...options,
  })
  onTestFinished(() => server.close())
  return {
    ...server,
    pass(ms) {
      at += ms
    },
    async ask(path, { as = 'watch', authorization = `Bearer ${server.tokens[as]}`, post } = {}) {
      const response = await fetch(server.baseUrl + path.replace('~', `/accounts/${server.accountId}`), {
        method: post === undefined ? 'GET' : 'POST',
        headers: authorization === null ? {} : { authorization },
        redirect: 'manual',
        signal: AbortSignal.timeout(5000),
        ...(post === undefined ? {} : { body: typeof post === 'string' ? post : JSON.stringify(post) }),
      })
      const text = await response.text()
      return { status: response.status, headers: response.headers, text, body: parse(text) as Answer['body'] }
    },
  }
}

/** What a list of DEX counts says of one value. */
export function countOf(list: readonly Counted[], value: string): number {
  return list.find((one) => one.value === value)?.uniqueDevicesTotal ?? 0
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
