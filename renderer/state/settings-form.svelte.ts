import type { Settings } from '../../preload/contract-types.ts'
import type { Bridge } from '../../preload/contract.ts'
import { checkNumber, settingFields, type NumberSetting } from '../lib/settings-fields.ts'

/** The settings as they are saved, and as they stand in the form. */
export class SettingsForm {
  saved = $state.raw<Settings | null>(null)
  /** What is typed, as text. */
  texts = $state<Record<NumberSetting, string>>({
    overridePollSeconds: '',
    fleetPollSeconds: '',
    windowMinutes: '',
    dropHoldSeconds: '',
    degradedPercent: '',
    criticalPercent: '',
    budgetPercent: '',
  })
  theme = $state<Settings['theme']>('system')
  openAtLogin = $state(false)
  status = $state<'idle' | 'saving' | 'saved'>('idle')
  failure = $state.raw<string | null>(null)
  readonly #bridge: Bridge

  constructor(bridge: Bridge) {
    this.#bridge = bridge
  }

  /** What is wrong with each field; empty when all can be saved. */
  readonly errors: Partial<Record<NumberSetting, string>> = $derived.by(() => {
    const errors: Partial<Record<NumberSetting, string>> = {}
    for (const field of settingFields) {
      const error = checkNumber(field, this.texts[field.key])
      if (error !== null) errors[field.key] = error
    }
    const areNumbers = errors.degradedPercent === undefined && errors.criticalPercent === undefined
    if (areNumbers && Number(this.texts.criticalPercent) < Number(this.texts.degradedPercent))
      errors.criticalPercent = `Type at least ${this.texts.degradedPercent.trim()}, the share for degraded, or lower that one.`
    return errors
  })

  get isValid(): boolean {
    return Object.keys(this.errors).length === 0
  }

  get isChanged(): boolean {
    const { saved } = this
    if (saved === null) return false
    const areSame = settingFields.every(({ key }) => this.texts[key].trim() === String(saved[key]))
    return !areSame || this.theme !== saved.theme || this.openAtLogin !== saved.openAtLogin
  }

  async load(): Promise<void> {
    const reply = await this.#bridge.invoke('settings', {})
    this.failure = reply.ok ? null : reply.message
    if (reply.ok) this.#take(reply.value)
  }

  async save(): Promise<void> {
    if (!this.isValid || this.saved === null || this.status === 'saving') return
    const settings = this.#read()
    this.status = 'saving'
    const reply = await this.#bridge.invoke('saveSettings', settings)
    this.status = reply.ok ? 'saved' : 'idle'
    this.failure = reply.ok ? null : reply.message
    if (reply.ok) this.saved = settings
  }

  undo(): void {
    if (this.saved !== null) this.#take(this.saved)
  }

  #read(): Settings {
    const number = (key: NumberSetting) => Number(this.texts[key])
    return {
      overridePollSeconds: number('overridePollSeconds'),
      fleetPollSeconds: number('fleetPollSeconds'),
      windowMinutes: number('windowMinutes'),
      dropHoldSeconds: number('dropHoldSeconds'),
      degradedPercent: number('degradedPercent'),
      criticalPercent: number('criticalPercent'),
      budgetPercent: number('budgetPercent'),
      theme: this.theme,
      openAtLogin: this.openAtLogin,
    }
  }

  #take(settings: Settings): void {
    this.saved = settings
    for (const { key } of settingFields) this.texts[key] = String(settings[key])
    this.theme = settings.theme
    this.openAtLogin = settings.openAtLogin
    this.status = 'idle'
  }
}
