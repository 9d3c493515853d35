/** Custom properties of the theme that a chart draws with. */
export type ColourToken =
  | 'well'
  | 'critical'
  | 'information'
  | 'stale'
  | 'muted'
  | 'bar'
  | 'ink'
  | 'line'
  | 'faint'
  | 'panel'
  | 'override'
  | 'degraded'

/** How a line is told from its neighbours, with a dash pattern for those who cannot go by colour. */
export interface LineStyle {
  readonly colour: ColourToken
  /** Lengths of dash and gap in CSS pixels; empty: unbroken. */
  readonly dash: readonly number[]
}

/** By the status in lower case: Cloudflare's documentation has it in both cases. */
const statusStyles: Partial<Record<string, LineStyle>> = {
  connected: { colour: 'well', dash: [] },
  disconnected: { colour: 'critical', dash: [] },
  paused: { colour: 'stale', dash: [2, 3] },
}

/** Values that mean nothing good or bad: colours of meaning are not spent on them. */
const neutralStyles: readonly LineStyle[] = [
  { colour: 'information', dash: [] },
  { colour: 'ink', dash: [6, 3] },
  { colour: 'bar', dash: [] },
  { colour: 'muted', dash: [2, 3] },
  { colour: 'information', dash: [6, 3, 2, 3] },
  { colour: 'bar', dash: [10, 4] },
]

/** The style of the `index`th line from the bottom. */
export function styleLine(dimension: string, value: string, index: number): LineStyle {
  const fallback = neutralStyles[index % neutralStyles.length] ?? { colour: 'bar', dash: [] }
  return dimension === 'status' ? (statusStyles[value.toLowerCase()] ?? fallback) : fallback
}
