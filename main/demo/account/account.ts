import type { EpochMs } from '../../engine/failure.ts'
import type { AccountClock } from '../clock.ts'
import type { Pace } from '../fleet/convergence.ts'
import { makeDevices } from '../fleet/device.ts'
import type { Device } from '../fleet/device.ts'
import type { Fleet } from '../fleet/fleet.ts'
import { hexDigits } from '../fleet/identifiers.ts'
import { endTroubles, planTroubles } from '../scenarios.ts'
import type { ScenarioName, Trouble, TroubleKind } from '../scenarios.ts'
import type { Switches } from '../switches.ts'
import { AuditLog } from './audit-log.ts'
import { rememberPast } from './past.ts'
import { lastSwitchedDaysAgo, Override } from './override.ts'
import { accountName } from './people.ts'
import { makeTokens } from './tokens.ts'
import type { DemoToken } from './tokens.ts'

export interface AccountChoice {
  readonly devices: number
  readonly seed: number
  readonly scenario: ScenarioName
  /** How long after the start the scenario's trouble begins; null: when it is told to. */
  readonly beginsAfterMs: number | null
  readonly pace: Pace
  readonly switches: Switches
  readonly expiringInDays: number
  /** How many accounts the user's tokens see besides this one. */
  readonly otherAccounts: number
}

/** All that the demo account is, behind its wire. */
export class Account {
  readonly id: string
  readonly name = accountName
  readonly seed: number
  readonly clock: AccountClock
  readonly switches: Switches
  readonly devices: readonly Device[]
  readonly tokens: readonly DemoToken[]
  readonly override: Override
  readonly audit: AuditLog
  readonly createdAt: EpochMs
  readonly otherAccounts: number
  readonly #pace: Pace
  #troubles: readonly Trouble[]
  #isHidden = false

  constructor(choice: AccountChoice, clock: AccountClock) {
    const now = clock.now()
    this.id = hexDigits(choice.seed, 11_000_027, 32)
    this.seed = choice.seed
    this.clock = clock
    this.switches = choice.switches
    this.otherAccounts = choice.otherAccounts
    this.createdAt = now - 900 * 86_400_000
    this.devices = makeDevices(choice.devices, choice.seed, now)
    this.tokens = makeTokens(now, choice.expiringInDays)
    this.override = new Override(clock, choice.switches)
    this.audit = new AuditLog({ id: this.id, name: this.name }, clock, choice.seed, choice.switches.auditDelayMinutes)
    rememberPast(this, lastSwitchedDaysAgo)
    this.#troubles =
      choice.beginsAfterMs === null ? [] : planTroubles(choice.scenario, clock.lived() + choice.beginsAfterMs)
    this.#pace = choice.pace
  }

  get troubles(): readonly Trouble[] {
    return this.#troubles
  }

  /** Begins a trouble now; it lasts as long as its scenario has it. */
  begin(kind: TroubleKind): void {
    this.#troubles = [...this.#troubles, ...planTroubles(kind, this.clock.lived())]
  }

  /** Ends every trouble, also those that were to come. */
  endTroubles(): void {
    this.#troubles = endTroubles(this.#troubles, this.clock.lived())
  }

  /** DEX loses sight of every device, or sees them again. */
  hideFleet(isHidden: boolean): void {
    this.#isHidden = isHidden
  }

  /** The fleet as it is bound to behave from what has happened so far. */
  get fleet(): Fleet {
    return {
      devices: this.#isHidden ? [] : this.devices,
      conditions: {
        troubles: this.#troubles,
        switches: this.override.timeline,
        pace: this.#pace,
        overriddenStatus: this.switches.overriddenStatus,
      },
    }
  }
}
