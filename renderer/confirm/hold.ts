/** How long the press must last. */
export const holdMs = 1500
/** A press counts only when the window had the focus for so long before: nobody confirms by accident what just popped up. */
export const focusedMs = 500

/** What the button is doing. `since` values are milliseconds of one steady clock. */
export type Hold =
  | { readonly kind: 'idle'; readonly focusedSince: number | null }
  | { readonly kind: 'holding'; readonly focusedSince: number; readonly pressedAt: number }
  | { readonly kind: 'done' }

export type HoldEvent =
  | { readonly type: 'focused'; readonly at: number }
  /** The window, or the button, lost it. */
  | { readonly type: 'blurred' }
  /** A press began; `isRepeat`: the key was already down before. */
  | { readonly type: 'pressed'; readonly at: number; readonly isRepeat: boolean }
  /** Released, or the pointer left the button. */
  | { readonly type: 'released' }
  | { readonly type: 'moved'; readonly at: number }

/** The press that sends: begun here, after the window was in focus, and held to the end. */
export function stepHold(hold: Hold, event: HoldEvent): Hold {
  if (hold.kind === 'done') return hold
  switch (event.type) {
    case 'focused':
      return { kind: 'idle', focusedSince: event.at }
    case 'blurred':
      return { kind: 'idle', focusedSince: null }
    case 'pressed':
      if (hold.kind === 'holding' || event.isRepeat || hold.focusedSince === null) return hold
      if (event.at - hold.focusedSince < focusedMs) return hold
      return { kind: 'holding', focusedSince: hold.focusedSince, pressedAt: event.at }
    case 'released':
      return hold.kind === 'holding' ? { kind: 'idle', focusedSince: hold.focusedSince } : hold
    case 'moved':
      return hold.kind === 'holding' && event.at - hold.pressedAt >= holdMs ? { kind: 'done' } : hold
  }
}

/** How full the button is at a moment, 0..1. */
export function fillOf(hold: Hold, at: number): number {
  if (hold.kind === 'done') return 1
  return hold.kind === 'holding' ? Math.min(1, Math.max(0, (at - hold.pressedAt) / holdMs)) : 0
}
