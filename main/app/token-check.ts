import { createHash } from 'node:crypto'

import type { Reply } from '../../preload/contract.ts'
import type { CheckReport } from '../../preload/contract-types.ts'
import type { EpochMs } from '../engine/failure.ts'
import type { TokenRole } from '../engine/model.ts'
import type { AppPorts } from './ports.ts'
import { answer, explainCheck, refuse } from './words.ts'

/** A report serves the start of watching that follows it; a later one asks Cloudflare again. */
const goodForMs = 300_000

/** Finds out what a token can do, each thing asked once: what a person was shown is what watching starts on. */
export class TokenCheck {
  readonly #ports: Pick<AppPorts, 'address' | 'checkToken' | 'clock'>
  #last: { readonly digest: string; readonly report: CheckReport; readonly at: EpochMs } | null = null

  constructor(ports: Pick<AppPorts, 'address' | 'checkToken' | 'clock'>) {
    this.#ports = ports
  }

  async check(token: string, account: string | null): Promise<Reply<CheckReport>> {
    const { address, checkToken, clock } = this.#ports
    const checked = await checkToken({ baseUrl: address, token, account })
    if (!checked.ok) return refuse(checked.failure.kind, explainCheck(checked.failure))
    this.#last = { digest: digestOf(token), report: checked.value, at: clock.now() }
    return answer(checked.value)
  }

  /**
   * Whether a token may be kept for its role. One that cannot read the minimum is refused with the reason; an act token
   * needs no more than the override, for whoever may write it may read it too.
   */
  async vet(role: TokenRole, token: string, account: string): Promise<Reply<CheckReport>> {
    const checked = this.#takeRecent(token, account) ?? (await this.check(token, account))
    if (!checked.ok) return checked
    const { refusal, capabilities } = checked.value
    const may = (name: 'fleet' | 'override') => capabilities.find((one) => one.name === name)?.can !== 'no'
    if (role === 'act' && !may('override')) {
      return refuse(
        'refused',
        'It may not even read the override. It needs the permission group "Zero Trust Resilience Write" on this account.',
      )
    }
    // Beside what a watch token must read, a report refuses only what is wrong with the token itself.
    const isRefused = refusal !== null && (role === 'watch' || may('fleet'))
    return isRefused ? refuse('refused', refusal) : checked
  }

  #takeRecent(token: string, account: string): Reply<CheckReport> | null {
    const last = this.#last
    if (last?.digest !== digestOf(token) || last.report.account?.id !== account) return null
    this.#last = null
    return this.#ports.clock.now() - last.at < goodForMs ? answer(last.report) : null
  }
}

/** So that no token waits in memory for a start that may never come. */
function digestOf(token: string): string {
  return createHash('sha256').update(token).digest('base64')
}
