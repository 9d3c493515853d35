/** What a person can set about watching. Stored by the settings store; ranges are enforced by the contract's schema. */
export interface WatchSettings {
  /** Seconds between readings of the override, 5..300. */
  readonly overridePollSeconds: number
  /** Seconds between readings of the fleet summary, 10..600. */
  readonly fleetPollSeconds: number
  /** Window of the fleet summary, minutes, 1..60. */
  readonly windowMinutes: number
  /** How long a fleet drop must hold before it is told, seconds, 0..900. */
  readonly dropHoldSeconds: number
  /** Missing share of the expected devices that counts as degraded and as critical, per cent, 1..100. */
  readonly degradedPercent: number
  readonly criticalPercent: number
  /** Our share of Cloudflare's limit for the token, per cent, 1..100. */
  readonly budgetPercent: number
}

export const defaultWatchSettings: WatchSettings = {
  overridePollSeconds: 10,
  fleetPollSeconds: 30,
  windowMinutes: 5,
  dropHoldSeconds: 120,
  degradedPercent: 10,
  criticalPercent: 25,
  budgetPercent: 30,
}
