import type { ViewName } from '../../main/engine/events.ts'

/** The views of main, and the one for signing in, which only the window knows. */
export type Route = ViewName | 'connect'

/** The rail, in the order of the shortcuts Ctrl+1 .. Ctrl+5. */
export const railEntries: readonly { readonly view: ViewName; readonly label: string }[] = [
  { view: 'overview', label: 'Overview' },
  { view: 'override', label: 'Override' },
  { view: 'activity', label: 'Activity' },
  { view: 'settings', label: 'Settings' },
  { view: 'about', label: 'About' },
]

/** What the rail offers: without a connection the views of a fleet lead nowhere, and signing in stands in their place. */
export function offerRail(
  isConnected: boolean,
): readonly { readonly route: Route; readonly label: string; readonly key: number }[] {
  const entries = railEntries.map(({ view, label }, index) => ({ route: view, label, key: index + 1 }))
  if (isConnected) return entries
  const usable = entries.filter(({ route }) => route === 'settings' || route === 'about')
  return [{ route: 'connect', label: 'Connect', key: 1 }, ...usable]
}

/** The view that a key press asks for; null: it asks for none. */
export function viewOfKey(
  event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>,
): ViewName | null {
  if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return null
  return railEntries[Number(event.key) - 1]?.view ?? null
}
