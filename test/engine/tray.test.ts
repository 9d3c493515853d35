import { describe, expect, test } from 'vitest'

import type { Connection } from '../../main/engine/model.ts'
import { faceNames, type FaceName } from '../../main/engine/face.ts'
import type { Incident } from '../../main/engine/incidents/incident.ts'
import type { Act, OverrideIntent } from '../../main/engine/override/act.ts'
import type { FleetView, OverrideView, Snapshot } from '../../main/engine/snapshot.ts'
import { describeSilence, describeStart, describeTray } from '../../main/engine/tray.ts'
import type { TrayCommand, TrayEntry, TrayPicture } from '../../main/engine/tray-picture.ts'

const at = 1_800_000_000_000
const connection: Connection = {
  id: 'c',
  accountId: 'a',
  accountName: 'Example',
  isDemo: false,
  actsWith: 'actToken',
  tokensHeldIn: 'keychain',
  expiresOn: { watch: null, act: null },
}
const override: OverrideView = {
  state: 'off',
  freshness: 'fresh',
  timestamp: null,
  asOf: at - 4000,
  intent: { kind: 'none' },
  switchedBy: { kind: 'notAsked' },
  convergence: null,
  sentence: 'Override off',
}
const fleet: FleetView = {
  total: 1500,
  connected: 1481,
  expected: 1498,
  expectedFrom: 'last 30 minutes',
  windowMinutes: 5,
  asOf: at - 12_000,
  freshness: 'fresh',
  by: { status: null, mode: null, platform: null, colo: null, version: null },
}
const act: Act = {
  id: 'i',
  accountId: 'a',
  accountName: 'Example',
  kind: 'override',
  direction: 'disconnect',
  seen: 'off',
  seenTimestamp: null,
  reason: 'r',
  incident: null,
  revertAt: null,
  at,
}

function snapshot(changes: Partial<Snapshot> = {}, name: FaceName = 'well', isStale = false): Snapshot {
  return {
    schema: 1,
    at,
    face: { name, tone: 'well', isStale, sentence: 'All is well' },
    detail: '',
    presence: 'awake',
    connection,
    override,
    fleet,
    incidents: [],
    fuel: {
      watch: { used: 0, limit: 1, windowSeconds: 300, remainingAtCloudflare: null, blockedUntil: null },
      act: null,
    },
    lastError: null,
    notificationsPausedUntil: null,
    gap: null,
    ...changes,
  }
}

/** Readings of these ages, milliseconds. */
function read(ages: { readonly override: number; readonly fleet: number | null }): Snapshot {
  return snapshot({
    override: { ...override, asOf: at - ages.override },
    fleet: ages.fleet === null ? null : { ...fleet, asOf: at - ages.fleet },
  })
}

function incident(number: number, sentence = `Incident ${number}`): Incident {
  const since = at - number * 60_000
  return { id: `INC-${number}`, kind: 'fleetDrop', severity: 'critical', count: 9, since, expected: 99, sentence }
}

function labels({ menu }: TrayPicture): string[] {
  return flat(menu).flatMap((entry) => (entry.kind === 'separator' ? [] : [entry.label]))
}

function commandOf({ menu }: TrayPicture, label: string): TrayCommand | undefined {
  return flat(menu).find((entry) => entry.kind === 'command' && entry.label === label)?.command
}

function flat(entries: readonly TrayEntry[]): (TrayEntry & { readonly command?: TrayCommand })[] {
  return entries.flatMap((entry) => [entry, ...(entry.kind === 'submenu' ? flat(entry.entries) : [])])
}

describe('the tooltip', () => {
  test('is the sentence and the age of the older of the two readings behind it', () => {
    expect(describeTray(snapshot(), at).tooltip).toBe('All is well\nRead less than 60 s ago')
    const tooltip = (override: number, seen: number | null) =>
      describeTray(read({ override, fleet: seen }), at).tooltip.split('\n')[1]
    expect(tooltip(4000, 100_000)).toBe('Read less than 2 min ago')
    expect(tooltip(100_000, 4000)).toBe('Read less than 2 min ago')
    expect(tooltip(100_000, null)).toBe('Read less than 2 min ago')
  })

  test('ages with the moment of drawing, not with the snapshot', () => {
    expect(describeTray(snapshot(), at + 60_000).tooltip).toContain('Read less than 2 min ago')
  })

  test('says when nothing was read', () => {
    const bare = snapshot({ fleet: null, override: { ...override, state: 'unknown', asOf: null } })
    expect(describeTray(bare, at).tooltip).toContain('Nothing read yet')
  })

  test('keeps its age whole when the sentence is too long for Windows', () => {
    const long = snapshot()
    const { tooltip } = describeTray({ ...long, face: { ...long.face, sentence: 'x'.repeat(200) } }, at)
    expect(tooltip).toHaveLength(127)
    expect(tooltip).toMatch(/x…\nRead less than 60 s ago$/)
  })

  test('has no age when nothing is watched', () => {
    expect(describeTray(snapshot({ connection: null }, 'signed-out'), at).tooltip).toBe('All is well')
  })
})

describe('the menu', () => {
  test('leads with sentence and figures, each with window and age', () => {
    expect(labels(describeTray(snapshot(), at))).toEqual([
      'All is well',
      '1,481 of 1,500 connected in 5 min, 1,498 expected, read less than 60 s ago',
      'Override off, read less than 60 s ago',
      'Emergency disconnect...',
      'Open Fleetlight',
      'Pause notifications',
      'For 30 minutes',
      'For 2 hours',
      'Until morning',
      'Quit',
    ])
  })

  test.each([
    [-5000, 'less than 60 s ago'],
    [50_000, 'less than 60 s ago'],
    [50_001, 'less than 2 min ago'],
    [110_000, 'less than 2 min ago'],
    [110_001, 'less than 3 min ago'],
    [89 * 60_000, 'less than 90 min ago'],
    [3 * 3_600_000, '3 h ago'],
  ])('says of a reading %d ms old an age that holds until it is drawn again: %s', (age, words) => {
    const old = snapshot({ fleet: { ...fleet, asOf: at - age, expected: null } })
    expect(labels(describeTray(old, at))).toContain(`1,481 of 1,500 connected in 5 min, read ${words}`)
  })

  test('stays the same with the tooltip, so that it can stay open, while nothing in them became untrue', () => {
    expect(describeTray(snapshot(), at + 30_000)).toEqual(describeTray(snapshot(), at))
  })

  test('tells what is not known from what is off', () => {
    const lost = snapshot({ fleet: null, override: { ...override, state: 'unknown', asOf: at - 360_000 } })
    expect(labels(describeTray(lost, at))).toEqual(
      expect.arrayContaining(['Devices: not read yet', 'Override unknown, last read less than 7 min ago']),
    )
    const never = snapshot({ override: { ...override, state: 'unknown', asOf: null } })
    expect(labels(describeTray(never, at))).toContain('Override unknown, never read')
  })

  test('leads from each figure to the view that has more of it', () => {
    const picture = describeTray(snapshot(), at)
    expect(commandOf(picture, 'All is well')).toEqual({ name: 'open', view: null })
    const [fleetLine = '', overrideLine = ''] = labels(picture).slice(1)
    expect(commandOf(picture, fleetLine)).toEqual({ name: 'open', view: 'overview' })
    expect(commandOf(picture, overrideLine)).toEqual({ name: 'open', view: 'override' })
  })

  test('shows the three worst incidents, each a way to the overview, and how many more there are', () => {
    const picture = describeTray(snapshot({ incidents: [1, 2, 3, 4, 5].map((number) => incident(number)) }), at)
    expect(commandOf(picture, 'Incident 3, for 3 min')).toEqual({ name: 'open', view: 'overview' })
    expect(labels(picture)).toContain('and 2 more')
    expect(labels(picture).join()).not.toContain('Incident 4')
    expect(labels(describeTray(snapshot({ incidents: [1, 2, 3].map((n) => incident(n)) }), at)).join()).not.toMatch(
      /more/,
    )
  })

  test('never cuts the age off a long incident', () => {
    const picture = describeTray(snapshot({ incidents: [incident(7, 'y'.repeat(300))] }), at)
    expect(labels(picture)).toContainEqual(expect.stringMatching(/^y+…, for 7 min$/))
  })

  test('offers the way that helps: off can be disconnected, on reconnected, unknown both', () => {
    const offered = (state: OverrideView['state']) => {
      const picture = describeTray(snapshot({ override: { ...override, state } }), at)
      return [commandOf(picture, 'Emergency disconnect...'), commandOf(picture, 'Reconnect...')]
    }
    const disconnect = { name: 'openConfirmation', direction: 'disconnect' }
    const reconnect = { name: 'openConfirmation', direction: 'reconnect' }
    expect(offered('off')).toEqual([disconnect, undefined])
    expect(offered('on')).toEqual([undefined, reconnect])
    expect(offered('unknown')).toEqual([disconnect, reconnect])
  })

  test('tells an observer that nothing can be switched, and offers nothing dead', () => {
    const picture = describeTray(snapshot({ connection: { ...connection, actsWith: 'none' } }), at)
    const told = 'Observer: without an act token nothing can be switched here'
    expect(commandOf(picture, told)).toEqual({ name: 'open', view: 'settings' })
    expect(labels(picture).join()).not.toMatch(/connect\.\.\./)
  })

  test.each([
    [{ kind: 'confirming', actId: 'i', direction: 'reconnect', openedAt: at }, 'Reconnect: waiting for you to confirm'],
    [{ kind: 'sending', act, callId: null }, 'Disconnect: sending'],
    [
      { kind: 'unconfirmed', act, since: at, cause: { kind: 'crash' } },
      'Disconnect: not confirmed, reading until it is known',
    ],
    [
      { kind: 'converging', act, since: at, timestamp: null, connectedBefore: 9 },
      'Disconnect: confirmed, devices follow for up to 10 min',
    ],
    [
      { kind: 'refused', act, at, failure: { kind: 'unauthorized', detail: '' } },
      'Disconnect: refused, nothing was switched',
    ],
  ] satisfies [OverrideIntent, string][])('says of an act on its way what is the matter: %j', (intent, line) => {
    expect(labels(describeTray(snapshot({ override: { ...override, intent } }), at))).toContain(line)
  })

  test.each([{ kind: 'none' }, { kind: 'settled', act, at, outcome: 'done' }] satisfies OverrideIntent[])(
    'says nothing of an act that is over: $kind',
    (intent) => {
      expect(labels(describeTray(snapshot({ override: { ...override, intent } }), at)).join()).not.toMatch(/onnect:/)
    },
  )

  test('pauses notifications, and says how long they are still paused', () => {
    expect(commandOf(describeTray(snapshot(), at), 'Until morning')).toEqual({
      name: 'pauseNotifications',
      until: 'morning',
    })
    const paused = describeTray(snapshot({ notificationsPausedUntil: at + 27 * 60_000 }), at)
    expect(labels(paused)).toContain('Notifications paused, 27 min left')
    expect(commandOf(paused, 'Resume now')).toEqual({ name: 'pauseNotifications', until: null })
    expect(commandOf(paused, 'For 2 hours')).toEqual({ name: 'pauseNotifications', until: '2 hours' })
  })

  test('forgets a pause that has ended', () => {
    expect(labels(describeTray(snapshot({ notificationsPausedUntil: at }), at))).toContain('Pause notifications')
  })

  test('has, with nothing watched, no figures, no acts and no pause', () => {
    const picture = describeTray(snapshot({ connection: null }, 'signed-out'), at)
    expect(labels(picture)).toEqual(['All is well', 'Open Fleetlight', 'Quit'])
    expect(commandOf(picture, 'Open Fleetlight')).toEqual({ name: 'open', view: null })
    expect(commandOf(picture, 'Quit')).toEqual({ name: 'quit' })
  })
})

describe('the icon', () => {
  test('is the face, with the stale mark where the face does not say that itself', () => {
    expect(describeTray(snapshot({}, 'override-on', true), at).icon).toMatchObject({
      face: 'override-on',
      isStale: true,
    })
    expect(describeTray(snapshot({}, 'override-on'), at).icon).toMatchObject({ face: 'override-on', isStale: false })
    expect(describeTray(snapshot({}, 'stale', true), at).icon).toMatchObject({ face: 'stale', isStale: false })
  })

  test('wears the badge of the demo, and so do the words', () => {
    const picture = describeTray(snapshot({ connection: { ...connection, isDemo: true } }), at)
    expect(picture.icon.isDemo).toBe(true)
    expect(picture.tooltip).toMatch(/^Demo: All is well/)
    expect(labels(picture)[0]).toBe('Demo: All is well')
  })
})

describe('silence', () => {
  const last = (name: FaceName) => describeTray(snapshot({}, name), at)

  test.each(faceNames)('never leaves the face of %s to comfort', (name) => {
    const { icon } = describeSilence(last(name), 60_000)
    const keeps = ['signed-out', 'override-on', 'unknown', 'offline'].includes(name)
    expect(icon).toEqual({ face: keeps ? name : 'stale', isStale: keeps, isDemo: false })
  })

  test('says for how long, what was last known, and what to do', () => {
    const picture = describeSilence(last('well'), 75_000)
    expect(picture.tooltip).toBe('Fleetlight has shown nothing new for 1 min: what it said is old')
    expect(labels(picture)).toEqual([
      'Fleetlight has shown nothing new for 1 min: what it said is old',
      'If this stays, quit and start it again',
      'Last: All is well',
      'Open Fleetlight',
      'Quit',
    ])
  })

  test('still says that the override was on', () => {
    expect(describeSilence(last('override-on'), 60_000).tooltip).toContain('When last read, the override was on')
  })

  test('can come before the first face', () => {
    const picture = describeSilence(null, 60_000)
    expect(picture.icon.face).toBe('stale')
    expect(labels(picture).join()).not.toContain('Last:')
  })
})

test('before anything is known the tray says that it starts', () => {
  expect(describeStart()).toMatchObject({ icon: { face: 'unknown' }, tooltip: 'Fleetlight is starting' })
})
