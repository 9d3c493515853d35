import { describe, expect, it } from 'vitest'

import { decideFace, faceNames } from '../../main/engine/face.ts'
import type { FaceFacts, FaceName } from '../../main/engine/face.ts'
import type { Incident } from '../../main/engine/incidents/incident.ts'
import type { Act, OverrideIntent } from '../../main/engine/override/act.ts'
import { minute, noon, second } from './scene.ts'

const act: Act = {
  id: 'a',
  accountId: 'account',
  accountName: 'Example',
  kind: 'override',
  direction: 'disconnect',
  seen: 'off',
  seenTimestamp: null,
  reason: 'r',
  incident: null,
  revertAt: null,
  at: noon,
}
const drop: Incident = {
  id: 'INC-000000',
  kind: 'fleetDrop',
  severity: 'degraded',
  count: 214,
  since: noon - 4 * minute,
  expected: 9207,
  sentence: '214 of 9,207 devices lost connection',
}
const blind: Incident = { ...drop, kind: 'unreachable', sentence: 'Cloudflare cannot be reached: nothing can be read' }
const well: FaceFacts = {
  at: noon,
  isConnected: true,
  presence: 'awake',
  override: {
    state: 'off',
    freshness: 'fresh',
    asOf: noon - 5 * second,
    sentence: 'Override off',
    intent: { kind: 'none' },
    convergence: null,
  },
  fleet: { total: 9300, connected: 9207, expected: 9200, asOf: noon - 20 * second, freshness: 'fresh' },
  isFleetSilent: false,
  incidents: [],
}
const override = (changes: Partial<FaceFacts['override']>): Partial<FaceFacts> => ({
  override: { ...well.override, ...changes },
})
const fleet = (changes: Partial<NonNullable<FaceFacts['fleet']>>): Partial<FaceFacts> => ({
  fleet: { ...well.fleet!, ...changes },
})
const faceOf = (...changes: Partial<FaceFacts>[]) => decideFace(Object.assign({}, well, ...changes) as FaceFacts)

const unconfirmed: OverrideIntent = { kind: 'unconfirmed', act, since: noon, cause: { kind: 'crash' } }
const sending = (callId: number | null): OverrideIntent => ({ kind: 'sending', act, callId })
const gone = override({
  state: 'unknown',
  freshness: 'unknown',
  sentence: 'The override is unknown: not read for 6 min',
})
const never = override({
  state: 'unknown',
  freshness: 'unknown',
  asOf: null,
  sentence: 'The override was not read yet',
})

describe('the face', () => {
  it.each<[FaceName, boolean, string, ...Partial<FaceFacts>[]]>([
    ['well', false, 'All well: 9,207 devices connected, override off'],
    ['signed-out', false, 'No account is watched: connect one to begin', { isConnected: false }],

    ['override-on', false, 'Override on: 9,207 devices connected', override({ state: 'on', sentence: 'Override on' })],
    [
      'override-on',
      false,
      'Override on: 9,207 devices still connected',
      override({
        state: 'on',
        sentence: 'Override on',
        convergence: { direction: 'disconnect', since: noon, connectedBefore: null, connectedNow: null, asOf: null },
      }),
    ],
    [
      'override-on',
      true,
      'Override on, not read for 4 min',
      override({ state: 'on', freshness: 'stale', sentence: 'Override on, not read for 4 min' }),
    ],
    ['override-on', false, 'Override on', override({ state: 'on', sentence: 'Override on' }), { fleet: null }],
    [
      'override-on',
      false,
      'Override on',
      override({ state: 'on', sentence: 'Override on' }),
      fleet({ freshness: 'stale' }),
    ],

    [
      'unknown',
      false,
      'The disconnect is unconfirmed: it may or may not have been carried out',
      override({ intent: unconfirmed }),
    ],
    ['unknown', false, 'The disconnect was sent: reading whether it took effect', override({ intent: sending(7) })],
    ['well', false, 'All well: 9,207 devices connected, override off', override({ intent: sending(null) })],
    ['unknown', false, 'The override is unknown: not read for 6 min', gone],
    ['unknown', false, blind.sentence, gone, { incidents: [drop, blind] }],
    ['unknown', false, 'This machine is offline: what is known is 20 s old', gone, { presence: 'offline' }],
    ['unknown', false, 'Override and fleet are read for the first time', never, { fleet: null }],
    ['unknown', false, 'The override was not read yet', never],
    ['unknown', false, blind.sentence, never, { fleet: null, incidents: [blind] }],
    ['unknown', false, 'The fleet was not read yet', { fleet: null }],
    ['unknown', false, blind.sentence, { fleet: null, incidents: [blind] }],
    ['unknown', false, 'Cloudflare does not say how many devices are connected', { fleet: null, isFleetSilent: true }],
    ['unknown', false, 'Cloudflare does not say how many devices are connected', { isFleetSilent: true }],
    [
      'unknown',
      false,
      'The fleet is unknown: not read for 12 min',
      fleet({ freshness: 'unknown', asOf: noon - 12 * minute }),
    ],
    ['unknown', false, blind.sentence, fleet({ freshness: 'unknown' }), { incidents: [blind] }],
    ['unknown', false, 'Cloudflare counts no device at all', fleet({ total: 0, connected: 0, expected: null })],

    ['offline', true, 'This machine is offline: what is known is 20 s old', { presence: 'offline' }],
    ['offline', true, 'Asleep, nothing is watched: what is known is 20 s old', { presence: 'asleep' }],
    [
      'offline',
      true,
      'Asleep, nothing is watched: what is known is 2 min old',
      { presence: 'asleep', at: noon + 100 * second },
    ],
    [
      'offline',
      true,
      'This machine is offline: what is known is 30 s old',
      { presence: 'offline' },
      override({ asOf: noon - 30 * second }),
    ],

    [
      'stale',
      true,
      'Override off, not read for 50 s',
      override({ freshness: 'stale', sentence: 'Override off, not read for 50 s' }),
    ],
    [
      'stale',
      true,
      'Not read for 3 min: 9,207 devices were connected',
      fleet({ freshness: 'stale', asOf: noon - 3 * minute }),
    ],

    [
      'critical',
      false,
      '214 of 9,207 devices lost connection, for 4 min',
      { incidents: [{ ...drop, severity: 'critical' }] },
    ],
    ['degraded', false, '214 of 9,207 devices lost connection, for 4 min', { incidents: [drop] }],
    [
      'critical',
      false,
      'first, for 4 min',
      { incidents: [{ ...drop, severity: 'critical', sentence: 'first' }, drop] },
    ],
    [
      'critical',
      false,
      '214 of 9,207 devices lost connection, for 4 min',
      fleet({ total: 0, connected: 0 }),
      { incidents: [{ ...drop, severity: 'critical' }] },
    ],

    ['degraded', false, 'Only 4,599 of 9,200 devices expected are connected', fleet({ connected: 4599 })],
    ['well', false, 'All well: 4,600 devices connected, override off', fleet({ connected: 4600 })],
    ['degraded', false, 'Only 4,649 of 9,300 devices seen are connected', fleet({ connected: 4649, expected: null })],
    ['well', false, 'All well: 4,650 devices connected, override off', fleet({ connected: 4650, expected: null })],
    ['well', false, 'All well: 1 device connected, override off', fleet({ connected: 1, expected: 1 })],
  ])('is %s (stale: %s): %s', (name, isStale, sentence, ...changes) => {
    expect(faceOf(...changes)).toMatchObject({ name, isStale, sentence })
  })

  it('says that devices come back after the override, until as many as expected are there', () => {
    const convergence = {
      direction: 'reconnect',
      since: noon,
      connectedBefore: 90,
      connectedNow: 120,
      asOf: noon,
    } as const
    const coming = override({ convergence })
    expect(faceOf(coming, fleet({ connected: 9199 }))).toMatchObject({
      name: 'degraded',
      sentence: 'Devices are coming back: 9,199 of 9,200 devices connected',
    })
    expect(faceOf(coming, fleet({ connected: 9200 })).name).toBe('well')
    expect(faceOf(coming, fleet({ expected: null })).name).toBe('well')
    const dropping = override({ convergence: { ...convergence, direction: 'disconnect' } })
    expect(faceOf(dropping, fleet({ connected: 9199 })).name).toBe('well')
  })

  it('has at most 90 characters, whatever an incident is called', () => {
    const sentence = faceOf({ incidents: [{ ...drop, sentence: 'x'.repeat(200) }] }).sentence
    expect(sentence).toHaveLength(90)
    expect(sentence.endsWith('…')).toBe(true)
  })

  it('has one tone a face', () => {
    const tones = {
      'signed-out': 'information',
      'override-on': 'override',
      unknown: 'stale',
      offline: 'stale',
      stale: 'stale',
      critical: 'critical',
      degraded: 'degraded',
      well: 'well',
    }
    for (const name of faceNames) expect(faceOf(...holding[name])).toMatchObject({ name, tone: tones[name] })
  })
})

/** What makes each face hold, were nothing above it. */
const holding: Readonly<Record<FaceName, Partial<FaceFacts>[]>> = {
  'signed-out': [{ isConnected: false }],
  'override-on': [override({ state: 'on' })],
  unknown: [{ isFleetSilent: true }],
  offline: [{ presence: 'offline' }],
  stale: [fleet({ freshness: 'stale' })],
  critical: [{ incidents: [{ ...drop, severity: 'critical' }] }],
  degraded: [{ incidents: [drop] }],
  well: [],
}

describe('of two faces that hold', () => {
  const pairs = faceNames.flatMap((higher, index) =>
    faceNames.slice(index + 1).map((lower) => [higher, lower] as const),
  )
  it.each(pairs)('%s goes before %s', (higher, lower) => {
    const both = Object.assign({}, ...holding[lower], ...holding[higher]) as Partial<FaceFacts>
    const incidents = [...holding[higher], ...holding[lower]].flatMap((changes) => changes.incidents ?? [])
    expect(faceOf(both, { incidents }).name).toBe(higher)
  })
})
