import type { ExampleFacts, Operation } from '../../main/demo/wire/operation.ts'
import type { Ask } from './asking.ts'
import type { Query } from './checker.ts'

const byDimension = (...dimensions: readonly string[]) => dimensions.map((one) => `result.deviceStats.by${one}`)

/** What a good reply may not have empty, by Cloudflare's operationId; `result` for all others. */
const filled: Readonly<Record<string, readonly string[]>> = {
  'dex-fleet-status-live': byDimension('Status', 'Mode', 'Platform', 'Colo', 'Version'),
  'dex-fleet-status-over-time': byDimension('Status', 'Mode'),
  'devices-resilience-retrieve-global-warp-override': ['result.disconnect', 'result.timestamp'],
  'devices-resilience-set-global-warp-override': ['result.disconnect', 'result.timestamp'],
}

/** Only the account's own token is known there. */
const wantsAccountToken = new Set(['account-api-tokens-verify-token'])

/** The questions that the demo's operations must answer with a result. */
export function asksOf(operations: readonly Operation[], facts: ExampleFacts): readonly Ask[] {
  return operations.flatMap(({ id, method, path, examples }) =>
    examples(facts).map((example): Ask => {
      const query: Query = Object.entries(example.query).flatMap(([name, values]) =>
        values.map((value) => [name, value] as const),
      )
      return {
        operation: `${method} ${path}`,
        query,
        ...(example.body === undefined ? {} : { body: example.body }),
        token: wantsAccountToken.has(id) ? 'account' : 'user',
        filled: filled[id] ?? ['result'],
      }
    }),
  )
}
