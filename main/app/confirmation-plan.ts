import type { ConfirmationPlan } from '../../preload/confirm-contract.ts'
import type { Direction } from '../engine/model.ts'
import type { FleetView, Snapshot } from '../engine/snapshot.ts'

type Consequence = ConfirmationPlan['consequences'][number]

/** Platforms whose clients do not obey the override (Cloudflare docs: "iOS, Android and ChromeOS are not supported"). */
const mobilePlatforms = new Set(['ios', 'android', 'chromeos'])
const format = new Intl.NumberFormat('en')

/** What the confirmation window says, from what is known at this moment. Unknown figures are said to be unknown. */
export function planConfirmation(
  snapshot: Snapshot,
  direction: Direction,
  opening: { readonly nonce: string; readonly mustTypeAccount: boolean },
): ConfirmationPlan {
  const { connection, override, fleet } = snapshot
  const reach = fleet === null || fleet.freshness === 'unknown' ? null : reachOf(fleet)
  return {
    ...opening,
    direction,
    accountName: connection?.accountName ?? '',
    isDemo: connection?.isDemo ?? false,
    seen: override.state,
    seenAsOf: override.asOf,
    summary:
      direction === 'disconnect'
        ? 'Desktop clients drop within seconds to 10 minutes and stay down until someone reconnects them.'
        : 'Desktop clients come back by themselves, within seconds to 10 minutes.',
    consequences: direction === 'disconnect' ? disconnectConsequences(reach) : reconnectConsequences(reach),
    affects: direction === 'disconnect' ? (reach?.desktopConnected ?? null) : (reach?.desktopOff ?? null),
    factsAsOf: fleet?.asOf ?? null,
    suggestedReason: suggestReason(snapshot),
    refusal: refusalOf(snapshot),
  }
}

interface Reach {
  /** Both are upper bounds: the live summary counts status and platform apart, never together. */
  readonly desktopConnected: number | null
  readonly desktopOff: number | null
  readonly mobile: number | null
  readonly platforms: string
}

function reachOf(fleet: FleetView): Reach {
  const platforms = fleet.by.platform
  if (platforms === null)
    return { desktopConnected: null, desktopOff: null, mobile: null, platforms: 'platforms not known' }
  const mobile = sum(platforms.counts.filter(({ value }) => mobilePlatforms.has(value.toLowerCase())))
  // Platforms that are not named one by one may obey: counted in, so that the bound stays an upper one.
  const desktop =
    sum(platforms.counts.filter(({ value }) => !mobilePlatforms.has(value.toLowerCase()))) + platforms.others
  return {
    desktopConnected: Math.min(desktop, fleet.connected),
    desktopOff: Math.min(desktop, Math.max(0, fleet.total - fleet.connected)),
    mobile,
    platforms: platforms.counts
      .filter(({ value }) => !mobilePlatforms.has(value.toLowerCase()))
      .map(({ value, count }) => `${value} ${format.format(count)}`)
      .join(' · '),
  }
}

function disconnectConsequences(reach: Reach | null): Consequence[] {
  return [
    {
      figure: figureOf(reach?.desktopConnected ?? null, 'up to '),
      text: 'connected desktop clients drop',
      detail: `${reach?.platforms ?? 'the fleet is not known now'}; only version 2025.2.600.0 or newer obeys`,
    },
    {
      figure: figureOf(reach?.mobile ?? null),
      text: 'mobile and ChromeOS devices stay connected',
      detail: 'the override does not reach iOS, Android and ChromeOS',
    },
    {
      figure: 'not known',
      text: 'connectors and mesh nodes',
      detail: 'they are clients too: private networks behind them go down',
    },
    {
      figure: 'all',
      text: 'protection and private access are lost while it is on',
      detail: 'filtering, DLP and encrypted DNS stop; admin override codes in use are cleared',
    },
  ]
}

function reconnectConsequences(reach: Reach | null): Consequence[] {
  return [
    {
      figure: figureOf(reach?.desktopOff ?? null, 'up to '),
      text: 'desktop clients that are seen but not connected now',
      detail: 'those that vanished from the counts while off come back on top of these',
    },
    {
      figure: 'at once',
      text: 'filtering and private access return with each client',
      detail: 'expect a burst of load on connectors and the identity provider',
    },
  ]
}

function figureOf(count: number | null, prefix = ''): string {
  return count === null ? 'not known' : `${prefix}${format.format(count)}`
}

function suggestReason(snapshot: Snapshot): string {
  const incident = snapshot.incidents[0]
  return incident === undefined ? '' : `${incident.id} ${incident.sentence}`.slice(0, 240)
}

/** Why no act can be sent now, and what to do; null: one can. */
export function refusalOf({ connection, override }: Snapshot): string | null {
  if (connection?.actsWith === 'none') {
    return 'This connection only observes: it has no act token. Add one in Settings; it needs the permission group "Zero Trust Resilience Write".'
  }
  if (override.intent.kind === 'sending')
    return 'A switch is on its way to Cloudflare at this moment. Wait for its result.'
  return null
}

function sum(counts: readonly { readonly count: number }[]): number {
  return counts.reduce((total, { count }) => total + count, 0)
}
