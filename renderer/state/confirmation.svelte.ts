import type { ConfirmationPlan, ConfirmBridge } from '../../preload/confirm-contract.ts'
import { Pulse } from './pulse.svelte.ts'

/** The confirmation window: a plan made by main, a reason, one act. */
export class Confirmation {
  readonly pulse: Pulse
  plan = $state.raw<ConfirmationPlan | null>(null)
  reason = $state('')
  typedAccount = $state('')
  /** 'sent' also when main refused afterwards: the nonce is good for one time only. */
  step = $state<'loading' | 'asking' | 'acting' | 'sent'>('loading')
  failure = $state.raw<string | null>(null)
  readonly #bridge: ConfirmBridge

  constructor(bridge: ConfirmBridge, pulse = new Pulse()) {
    this.#bridge = bridge
    this.pulse = pulse
  }

  /** Asks for the plan and lets its ages move; returns its undo. */
  start(): () => void {
    void this.#load()
    return this.pulse.start(() => undefined)
  }

  /** What is still missing before the button can act, for a person; null: nothing. */
  get missing(): 'reason' | 'account' | null {
    if (this.plan === null) return null
    if (this.reason.trim() === '') return 'reason'
    if (this.plan.mustTypeAccount && this.typedAccount.trim() !== this.plan.accountName.trim()) return 'account'
    return null
  }

  /** The hold ended. Sends at most once, whatever happens. */
  async act(): Promise<void> {
    if (this.plan === null || this.step !== 'asking' || this.missing !== null || this.plan.refusal !== null) return
    this.step = 'acting'
    const { nonce } = this.plan
    const reply = await this.#bridge.invoke('act', {
      nonce,
      reason: this.reason.trim(),
      typedAccount: this.typedAccount.trim(),
    })
    this.step = 'sent'
    this.failure = reply.ok ? null : reply.message
  }

  async cancel(): Promise<void> {
    await this.#bridge.invoke('cancel', {})
  }

  async #load(): Promise<void> {
    const reply = await this.#bridge.invoke('plan', {})
    if (!reply.ok) {
      this.failure = reply.message
      return
    }
    this.plan = reply.value
    this.reason = reply.value.suggestedReason
    this.step = 'asking'
  }
}
