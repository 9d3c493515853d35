import { describe, expect, it } from 'vitest'

import { fleetOf } from './account.ts'
import { matching } from './matchers.ts'
import { hour, minute, noon, Scene, second } from './scene.ts'

const intentOf = (scene: Scene) => scene.snapshot.override.intent
const keys = (scene: Scene) => scene.notices.map(({ key }) => key)

describe('what a crash left behind', () => {
  const left = (state: 'intended' | 'sent' | 'unconfirmed') => {
    const scene = Scene.watching()
    const act = { ...scene.confirm('disconnect'), id: '10000000-0000-4000-8000-000000000000' }
    return { act, memory: { unsettled: [{ act, state, at: noon, note: '' }] } }
  }

  it.each(['intended', 'sent', 'unconfirmed'] as const)('(%s) is unconfirmed, and confirmed by reading', (state) => {
    const { act, memory } = left(state)
    const scene = new Scene({}, noon + 5 * minute)
    scene.account.switch('on')
    scene.connect(memory)
    expect(intentOf(scene)).toMatchObject({ kind: 'unconfirmed', act, cause: { kind: 'crash' } })
    expect(scene.face.name).toBe('unknown')
    expect(scene.texts[1]).toMatch(/^Fleetlight ended while this was on its way: emergency disconnect \(Carrier down\)/)
    scene.run(5 * second)
    expect(scene.ledgerOf(act)).toEqual(['confirmed'])
    expect(keys(scene)).toEqual(['override-on:T1'])
    scene.run(hour)
    expect(scene.posts).toEqual([])
  })

  it('of what was not known before is confirmed by what is shown', () => {
    const { act, memory } = left('sent')
    const scene = new Scene({}, noon + 5 * minute)
    scene.connect({
      unsettled: [{ ...memory.unsettled[0]!, act: { ...act, direction: 'reconnect', seen: 'unknown' } }],
    })
    scene.run(5 * second)
    expect(scene.ledgerOf(act)).toEqual(['confirmed'])
  })

  it('of what was so already is confirmed once it stays, or as soon as its time has moved', () => {
    for (const [seenTimestamp, wait] of [
      ['T0', 122 * second],
      ['T-1', 5 * second],
    ] as const) {
      const { act, memory } = left('sent')
      const again = { ...act, direction: 'reconnect', seen: 'off', seenTimestamp } as const
      const scene = new Scene({}, noon + 5 * minute)
      scene.connect({ unsettled: [{ ...memory.unsettled[0]!, act: again }] })
      scene.run(wait - 4 * second)
      expect(scene.ledgerOf(again)).toEqual(wait > minute ? [] : ['confirmed'])
      scene.run(6 * second)
      expect(scene.ledgerOf(again)).toEqual(['confirmed'])
    }
  })

  it('several times and was never carried out is contradicted at once', () => {
    const { act, memory } = left('intended')
    const later = { ...act, id: '20000000-0000-4000-8000-000000000000' }
    const earlier = { ...act, direction: 'reconnect' } as const
    const scene = new Scene({}, noon + 5 * minute)
    scene.connect({
      unsettled: [
        { ...memory.unsettled[0]!, act: earlier },
        { act: later, state: 'sent', at: noon, note: '' },
      ],
    })
    scene.run(3 * minute)
    expect(scene.record.ledger).toEqual([
      'confirmed: A reading shows the override off, after a later act',
      matching(/^contradicted: Readings over 2 minutes show that the override is off/),
    ])
  })

  it('has no count from before to tell whether the devices followed', () => {
    const { memory } = left('sent')
    const scene = new Scene({}, noon + 5 * minute)
    scene.account.switch('on')
    scene.account.fleet = () => fleetOf(0, 1000)
    scene.account.failing.readOverride = { kind: 'timeout', detail: '' }
    scene.connect(memory)
    scene.run(2 * second)
    scene.account.failing = {}
    scene.run(9 * minute)
    expect(intentOf(scene).kind).toBe('converging')
  })

  it('and was never carried out is contradicted, never sent', () => {
    const { act, memory } = left('intended')
    const scene = new Scene({}, noon + 5 * minute)
    scene.connect(memory)
    scene.run(3 * minute)
    expect(scene.ledgerOf(act)).toEqual(['contradicted'])
    expect(scene.posts).toEqual([])
  })

  it('several times is settled at once', () => {
    const { act, memory } = left('intended')
    const later = { ...act, id: '20000000-0000-4000-8000-000000000000' }
    const scene = new Scene({}, noon + 5 * minute)
    scene.account.switch('on')
    scene.connect({ unsettled: [...memory.unsettled, { act: later, state: 'sent', at: noon, note: '' }] })
    expect(intentOf(scene)).toMatchObject({ act: later })
    scene.run(5 * second)
    expect(scene.ledgerOf(act)).toEqual(['confirmed'])
    expect(scene.ledgerOf(later)).toEqual(['confirmed'])
    expect(scene.ledger.map(({ note }) => note)).toContain('A reading shows the override on, after a later act')
  })

  it('is taken up once: the same act cannot be confirmed again', () => {
    const { act, memory } = left('sent')
    const scene = new Scene({}, noon + 5 * minute)
    scene.connect(memory)
    scene.dispatch({ type: 'actConfirmed', act })
    scene.run(minute)
    expect(scene.posts).toEqual([])
  })

  it('nothing leaves nothing to settle', () => {
    const scene = new Scene()
    scene.connect()
    expect(intentOf(scene)).toEqual({ kind: 'none' })
    expect(scene.texts).toEqual(['Watching Example'])
  })
})
