import type { Count, FleetReading } from '../../main/engine/model.ts'
import type { Act, ActState, LedgerEntry } from '../../main/engine/override/act.ts'

export const minute = 60_000
export const hour = 60 * minute
export const day = 24 * hour
/** A whole number of days, so that slots of any width begin at it. */
export const start = 20_000 * day

/** A reading with these devices connected; other groups as given. */
export function reading(
  asOf: number,
  connected: number,
  by: Partial<Record<'status' | 'mode' | 'platform' | 'colo' | 'version', readonly Count[] | null>> = {},
): FleetReading {
  return {
    asOf,
    windowMinutes: 5,
    summary: {
      total: connected + 10,
      by: {
        status: [
          { value: 'connected', count: connected },
          { value: 'disconnected', count: 10 },
        ],
        mode: null,
        platform: null,
        colo: null,
        version: null,
        ...by,
      },
    },
  }
}

function act(id: string, change: Partial<Act> = {}): Act {
  return {
    id,
    accountId: 'account-1',
    accountName: 'Example Ltd',
    kind: 'override',
    direction: 'disconnect',
    seen: 'off',
    seenTimestamp: '2026-11-23T03:14:00Z',
    reason: 'Gateway is down in FRA',
    incident: 'incident-7',
    revertAt: start + hour,
    at: start,
    ...change,
  }
}

export function ledgerEntry(id: string, state: ActState = 'intended', change: Partial<Act> = {}): LedgerEntry {
  return { act: act(id, change), state, at: start + 5, note: 'Written before anything was sent.' }
}
