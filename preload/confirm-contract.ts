import { z } from 'zod'

import type { EpochMs } from '../main/engine/failure.ts'
import type { Direction } from '../main/engine/model.ts'
import type { Reply } from './contract.ts'

/** What the confirmation window shows, made by main when it opens and frozen. */
export interface ConfirmationPlan {
  /** One time only; it must come back with the act. */
  readonly nonce: string
  readonly direction: Direction
  readonly accountName: string
  readonly isDemo: boolean
  /** The name must be typed, because more than one connection exists. */
  readonly mustTypeAccount: boolean
  readonly seen: 'on' | 'off' | 'unknown'
  readonly seenAsOf: EpochMs | null
  /** "Clients drop within seconds to 10 minutes and stay down until someone reconnects them." */
  readonly summary: string
  /** What will happen, a figure (or words such as "not known") with a sentence each. */
  readonly consequences: readonly { readonly figure: string; readonly text: string; readonly detail: string }[]
  /** Devices that it acts on, for the button; null: not known. */
  readonly affects: number | null
  readonly factsAsOf: EpochMs | null
  /** Offered as the reason; empty: nothing to offer. */
  readonly suggestedReason: string
  /** Why it cannot be sent at all (observer), or null. */
  readonly refusal: string | null
}

/** Every command of the confirmation window. */
export const confirmCommands = {
  plan: z.strictObject({}),
  act: z.strictObject({
    nonce: z.uuid(),
    reason: z.string().trim().min(1).max(240),
    typedAccount: z.string().max(200),
  }),
  cancel: z.strictObject({}),
} as const

type ConfirmCommandName = keyof typeof confirmCommands
export type ConfirmCommandArgs<C extends ConfirmCommandName> = z.infer<(typeof confirmCommands)[C]>

export interface ConfirmCommandAnswers {
  plan: ConfirmationPlan
  /** Recorded and handed to the wire; the window closes. */
  act: null
  cancel: null
}

/** What the confirmation window's preload puts on `window.confirmation`. */
export interface ConfirmBridge {
  invoke<C extends ConfirmCommandName>(
    command: C,
    args: ConfirmCommandArgs<C>,
  ): Promise<Reply<ConfirmCommandAnswers[C]>>
}
