import type { ConfirmBridge } from '../../preload/confirm-contract.ts'
import type { Bridge } from '../../preload/contract.ts'

declare global {
  interface Window {
    /** Put there by the dashboard's preload. */
    readonly fleetlight: Bridge
    /** Put there by the confirmation window's preload. */
    readonly confirmation: ConfirmBridge
  }
}

/** What a command failed with, for a person. */
export interface Problem {
  readonly kind: string
  readonly message: string
}

/** The only ways to main, one for each page. */
export function dashboardBridge(): Bridge {
  return window.fleetlight
}

export function confirmBridge(): ConfirmBridge {
  return window.confirmation
}
