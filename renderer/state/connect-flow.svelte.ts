import type { CheckReport } from '../../preload/contract-types.ts'
import type { Bridge } from '../../preload/contract.ts'
import type { Problem } from './bridge.ts'

/** Who may switch the override with this connection. */
export type ActChoice = 'nobody' | 'ownToken' | 'sameToken'

/** The form of the Connect view, from a token typed to a fleet watched. Holds the tokens only while it is open. */
export class ConnectFlow {
  token = $state('')
  account = $state('')
  actChoice = $state<ActChoice>('nobody')
  actToken = $state('')
  report = $state.raw<CheckReport | null>(null)
  busyWith = $state<'checking' | 'starting' | 'demo' | null>(null)
  problem = $state.raw<Problem | null>(null)
  #checked = $state.raw({ token: '', account: '' })
  readonly #bridge: Bridge
  readonly #onStarted: () => void

  /** `onStarted`: a connection is watched now. */
  constructor(bridge: Bridge, onStarted: () => void) {
    this.#bridge = bridge
    this.#onStarted = onStarted
  }

  /** The report is about what stands in the fields now. */
  get isReportCurrent(): boolean {
    return (
      this.report !== null && this.#checked.token === this.token.trim() && this.#checked.account === this.account.trim()
    )
  }

  /** The accounts that the token as it stands can see; null: none were listed. */
  get accounts(): CheckReport['accounts'] {
    return this.#checked.token === this.token.trim() ? (this.report?.accounts ?? null) : null
  }

  /** The token was checked, lists no accounts, and no account could be probed. */
  get mustTypeAccount(): boolean {
    return this.report !== null && this.accounts === null && this.report.account === null
  }

  /** Why watching cannot start yet, and what to do; null: it can. */
  get missing(): string | null {
    if (this.token.trim() === '') return 'Enter a token first.'
    if (!this.isReportCurrent) return 'Check the token first.'
    if (this.report?.refusal != null) return this.report.refusal
    if (this.account.trim() === '') return 'Choose an account first.'
    if (this.actChoice === 'ownToken' && this.actToken.trim() === '')
      return 'Enter the act token, or choose to observe.'
    return null
  }

  get keychainFailed(): boolean {
    return this.problem?.kind === 'keychain'
  }

  /** Does nothing while another question is under way; so do `start` and `tryDemo`. */
  async check(): Promise<void> {
    if (this.busyWith !== null || this.token.trim() === '') return
    const token = this.token.trim()
    const account = this.account.trim()
    this.problem = null
    this.busyWith = 'checking'
    const reply = await this.#bridge.invoke('checkToken', { token, account: account === '' ? null : account })
    this.busyWith = null
    if (!reply.ok) {
      this.report = null
      this.problem = reply
      return
    }
    this.report = reply.value
    // The account that was probed is the one that is meant, unless the person has gone on typing.
    if (this.account.trim() === account) this.account = reply.value.account?.id ?? account
    this.#checked = { token, account: reply.value.account?.id ?? account }
  }

  async start(holdInMemory: boolean): Promise<void> {
    if (this.busyWith !== null || this.missing !== null) return
    this.problem = null
    this.busyWith = 'starting'
    const reply = await this.#bridge.invoke('startWatching', {
      token: this.token.trim(),
      account: this.account.trim(),
      actToken: this.actChoice === 'ownToken' ? this.actToken.trim() : null,
      actsWithWatchToken: this.actChoice === 'sameToken',
      holdInMemory,
    })
    this.#end(reply)
  }

  async tryDemo(): Promise<void> {
    if (this.busyWith !== null) return
    this.problem = null
    this.busyWith = 'demo'
    this.#end(await this.#bridge.invoke('tryDemo', {}))
  }

  #end(reply: { readonly ok: true } | ({ readonly ok: false } & Problem)): void {
    this.busyWith = null
    if (!reply.ok) {
      this.problem = reply
      return
    }
    // The tokens are in main's hands now; nothing here needs them any more.
    this.token = ''
    this.actToken = ''
    this.account = ''
    this.report = null
    this.#onStarted()
  }
}
