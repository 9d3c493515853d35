import type { ScenarioName } from './scenarios.ts'

/** Which fleet the app's own demo account has. */
export interface DemoFleet {
  /** 20 to 10,000. */
  readonly devices: number
  /** Its trouble begins a while after the start. */
  readonly scenario: ScenarioName
  readonly seed: number
}

/** What the worker says once: the account is there, or why not. */
export type DemoStarted =
  | {
      readonly ok: true
      readonly baseUrl: string
      readonly watchToken: string
      readonly actToken: string
      readonly accountId: string
      readonly accountName: string
    }
  | { readonly ok: false; readonly detail: string }
