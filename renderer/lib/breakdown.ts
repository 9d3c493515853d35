import type { FleetView } from '../../main/engine/snapshot.ts'
import type { Count } from '../../main/engine/model.ts'

/**
 * Count of one status, named in lower case, in the newest reading; Cloudflare's documentation has statuses in both cases.
 * 0 when Cloudflare counted none, null when it sent no statuses at all.
 */
export function countOfStatus(fleet: FleetView, status: string): number | null {
  const group = fleet.by.status
  if (group === null) return null
  return group.counts.find((count) => count.value.toLowerCase() === status)?.count ?? 0
}

const shownStatuses = ['connected', 'disconnected', 'paused']

/** Statuses that have no figure of their own, with what did not fit in the snapshot; empty when there are none. */
export function otherStatuses(fleet: FleetView): readonly Count[] {
  const group = fleet.by.status
  if (group === null) return []
  const named = group.counts.filter((count) => !shownStatuses.includes(count.value.toLowerCase()))
  return group.others > 0 ? [...named, { value: 'more', count: group.others }] : named
}

/** How long a bar is against the longest one, 0..1; anything that is there at all stays visible. */
export function barShare(count: number, longest: number): number {
  if (count <= 0 || longest <= 0) return 0
  return Math.max(0.012, count / longest)
}
