import type { Settings } from '../../preload/contract-types.ts'

/** The settings that are numbers. */
export type NumberSetting = { [K in keyof Settings]: Settings[K] extends number ? K : never }[keyof Settings]

/** How a number is asked for. The ranges are those of the contract's schema; main checks them again. */
export interface SettingField {
  readonly key: NumberSetting
  readonly label: string
  readonly unit: string
  readonly min: number
  readonly max: number
  readonly help: string
}

export const settingFields: readonly SettingField[] = [
  {
    key: 'overridePollSeconds',
    label: 'Read the override every',
    unit: 'seconds',
    min: 5,
    max: 300,
    help: 'The override lane comes before all other reading.',
  },
  {
    key: 'fleetPollSeconds',
    label: 'Read the fleet every',
    unit: 'seconds',
    min: 10,
    max: 600,
    help: 'Faster by itself while something moves.',
  },
  {
    key: 'windowMinutes',
    label: 'Count devices seen in the last',
    unit: 'minutes',
    min: 1,
    max: 60,
    help: 'A device that fell silent stays in the counts for as long.',
  },
  {
    key: 'dropHoldSeconds',
    label: 'Tell of a drop when it has held for',
    unit: 'seconds',
    min: 0,
    max: 900,
    help: 'Shorter tells sooner and of more that passes by itself.',
  },
  {
    key: 'degradedPercent',
    label: 'Degraded when this share is missing',
    unit: '%',
    min: 1,
    max: 100,
    help: 'Of the devices that are expected to be connected.',
  },
  {
    key: 'criticalPercent',
    label: 'Critical when this share is missing',
    unit: '%',
    min: 1,
    max: 100,
    help: 'Not below the share for degraded.',
  },
  {
    key: 'budgetPercent',
    label: 'Use at most this share of the token’s limit',
    unit: '%',
    min: 1,
    max: 100,
    help: 'How many share this token? Cloudflare allows 1,200 requests in 5 minutes to all of them together.',
  },
]

/** Why a text is no value for a field, saying what to do; null: it is one. */
export function checkNumber(field: SettingField, text: string): string | null {
  const number = Number(text)
  const isWhole = /^\d+$/.test(text.trim()) && Number.isInteger(number)
  return isWhole && number >= field.min && number <= field.max
    ? null
    : `Type a whole number from ${field.min} to ${field.max}.`
}
