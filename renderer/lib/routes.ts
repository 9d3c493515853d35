import type { ViewName } from '../../main/engine/events.ts'

/** The rail, in the order of the shortcuts Ctrl+1 .. Ctrl+5. */
export const railEntries: readonly { readonly view: ViewName; readonly label: string }[] = [
  { view: 'overview', label: 'Overview' },
  { view: 'override', label: 'Override' },
  { view: 'activity', label: 'Activity' },
  { view: 'settings', label: 'Settings' },
  { view: 'about', label: 'About' },
]

/** The view that a key press asks for; null: it asks for none. */
export function viewOfKey(
  event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>,
): ViewName | null {
  if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return null
  return railEntries[Number(event.key) - 1]?.view ?? null
}
