import type { ConfirmationPlan, ConfirmCommandAnswers, confirmCommands } from '../../preload/confirm-contract.ts'
import type { Reply } from '../../preload/contract.ts'
import type { Handlers } from './ipc-gate.ts'

/** What main wants confirmed, frozen, and whom to tell. */
export interface ConfirmationRequest {
  readonly plan: ConfirmationPlan
  readonly onAct: (input: { readonly reason: string; readonly typedAccount: string }) => Promise<Reply<null>>
  readonly onClosed: () => void
}

export type ConfirmHandlers = Handlers<typeof confirmCommands, ConfirmCommandAnswers>

/** One opening of the confirmation window. Its act can be asked for once, with the nonce of this opening. */
export class ConfirmationOpening {
  readonly #request: ConfirmationRequest
  readonly #close: () => void
  #isUsed = false

  constructor(request: ConfirmationRequest, close: () => void) {
    this.#request = request
    this.#close = close
  }

  readonly handlers: ConfirmHandlers = {
    plan: () => Promise.resolve({ ok: true, value: this.#request.plan }),
    act: async ({ nonce, reason, typedAccount }) => {
      if (nonce !== this.#request.plan.nonce) {
        return refuse(
          'This confirmation belongs to another window. Nothing was sent. Close this window and open it again.',
        )
      }
      if (this.#isUsed) {
        return refuse('This window has sent its one request. Nothing more was sent. Close it and open it again.')
      }
      this.#isUsed = true
      const reply = await this.#request.onAct({ reason, typedAccount })
      if (reply.ok) this.#close()
      return reply
    },
    cancel: () => {
      this.#close()
      return Promise.resolve({ ok: true, value: null })
    },
  }
}

function refuse(message: string): Reply<never> {
  return { ok: false, kind: 'nonce', message }
}
