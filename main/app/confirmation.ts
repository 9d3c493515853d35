import type { ConfirmationPlan } from '../../preload/confirm-contract.ts'
import type { Reply } from '../../preload/contract.ts'
import { sayFailure } from '../engine/failure-words.ts'
import type { Direction } from '../engine/model.ts'
import type { Act } from '../engine/override/act.ts'
import type { Snapshot } from '../engine/snapshot.ts'
import { planConfirmation, refusalOf } from './confirmation-plan.ts'
import type { UnstampedEvent } from './engine-loop.ts'
import type { AppPorts, OpenConfirmation, Shell } from './ports.ts'
import { answer, refuse } from './words.ts'

export interface ConfirmationParts {
  readonly ports: AppPorts
  readonly shell: Shell
  readonly snapshot: () => Snapshot
  readonly dispatch: (event: UnstampedEvent) => void
  /** Resolves with the first snapshot, from now on, for which `isSo` holds. */
  readonly until: (isSo: (snapshot: Snapshot) => boolean) => Promise<Snapshot>
}

/** What was frozen when the window opened. */
interface Opened {
  readonly actId: string
  readonly connectionId: string
  readonly plan: ConfirmationPlan
  readonly request: OpenConfirmation
}

/**
 * The one path to an act. Main resolves everything itself (account, direction, what is seen) and freezes it when the
 * window opens; all that comes back from the window is the reason and, with several connections, the typed name.
 */
export class Confirmation {
  readonly #parts: ConfirmationParts
  #opened: Opened | null = null

  constructor(parts: ConfirmationParts) {
    this.#parts = parts
  }

  /** Opens the confirmation window. While one is open that one comes to the front, whatever was asked for. */
  open(direction: Direction): Reply<null> {
    const { shell, dispatch } = this.#parts
    if (this.#opened !== null) {
      const { plan, request } = this.#opened
      shell.openConfirmation(request)
      if (plan.direction === direction) return answer(null)
      return refuse('open', `Another confirmation is open: to ${plan.direction} ${plan.accountName}. Close it first.`)
    }
    const opened = this.#freeze(direction)
    if (opened === null) return refuse('signedOut', 'No account is watched. Connect one first.')
    this.#opened = opened
    dispatch({ type: 'confirmOpened', actId: opened.actId, direction })
    shell.openConfirmation(opened.request)
    return answer(null)
  }

  #freeze(direction: Direction): Opened | null {
    const { ports, snapshot, dispatch } = this.#parts
    const seen = snapshot()
    if (seen.connection === null) return null
    const actId = ports.newId()
    const plan = planConfirmation(seen, direction, {
      nonce: ports.newId(),
      mustTypeAccount: ports.settings.connections().length > 1,
    })
    const request: OpenConfirmation = {
      plan,
      onAct: (input) => this.#act(opened, input),
      onClosed: () => {
        if (this.#opened === opened) this.#opened = null
        dispatch({ type: 'confirmClosed', actId })
      },
    }
    const opened: Opened = { actId, connectionId: seen.connection.id, plan, request }
    return opened
  }

  async #act(
    { actId, connectionId, plan }: Opened,
    input: { readonly reason: string; readonly typedAccount: string },
  ): Promise<Reply<null>> {
    const { ports, snapshot, dispatch, until } = this.#parts
    const now = snapshot()
    const connection = now.connection
    if (plan.mustTypeAccount && input.typedAccount.trim() !== plan.accountName) {
      return refuse(
        'account',
        `Nothing was sent: what you typed is not the name of the account, "${plan.accountName}".`,
      )
    }
    if (connection?.id !== connectionId) {
      return refuse('changed', `Nothing was sent: ${plan.accountName} is no longer watched. Close this window.`)
    }
    const refusal = plan.refusal ?? refusalOf(now)
    if (refusal !== null) return refuse('refused', refusal)
    const act: Act = {
      id: actId,
      accountId: connection.accountId,
      accountName: connection.accountName,
      kind: 'override',
      direction: plan.direction,
      seen: now.override.state,
      seenTimestamp: now.override.timestamp,
      reason: input.reason.replace(/\s+/g, ' ').trim(),
      incident: now.incidents[0]?.id ?? null,
      revertAt: null,
      at: ports.clock.now(),
    }
    dispatch({ type: 'actConfirmed', act })
    return tellOutcome(await until((later) => !isBeingRecorded(later, actId)), actId)
  }
}

/** The intent is not on disk yet, so nothing was sent yet. */
function isBeingRecorded({ override: { intent } }: Snapshot, actId: string): boolean {
  return intent.kind === 'sending' && intent.act.id === actId && intent.callId === null
}

/** What became of an act once its recording ended one way or the other. */
function tellOutcome({ override: { intent } }: Snapshot, actId: string): Reply<null> {
  if (!('act' in intent) || intent.act.id !== actId) {
    return refuse(
      'notTaken',
      'Nothing was sent: this confirmation was no longer open. Close this window and look again.',
    )
  }
  return intent.kind === 'refused' ? refuse(intent.failure.kind, sayFailure(intent.failure)) : answer(null)
}
