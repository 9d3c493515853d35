import { describe, expect, it } from 'vitest'

import { nextDueAt, startEngine } from '../../main/engine/engine.ts'
import { defaultWatchSettings } from '../../main/engine/settings.ts'
import { fleetOf } from './account.ts'
import { day, hour, minute, noon, Scene, second } from './scene.ts'

const gaps = (times: readonly number[]) => times.slice(1).map((time, index) => time - (times[index] ?? 0))
const timeout = { kind: 'timeout', detail: 'slow' } as const

describe('an engine without a connection', () => {
  it('asks nothing, wants no tick and says so', () => {
    const scene = new Scene()
    scene.run(hour)
    expect(scene.effects).toEqual([])
    expect(nextDueAt(startEngine(defaultWatchSettings, 1))).toBeNull()
    expect(scene.face).toMatchObject({ name: 'signed-out', isStale: false })
    expect(scene.snapshot).toMatchObject({ connection: null, fleet: null, incidents: [] })
  })

  it('ignores an answer to a call that it never made', () => {
    const scene = new Scene()
    const outcome = { result: { ok: false, failure: timeout }, limits: [], serverDate: null } as const
    scene.dispatch({ type: 'answered', callId: 1, outcome })
    expect(scene.snapshot.lastError).toBeNull()
  })
})

describe('once connected', () => {
  it('asks for what matters first, then for the token and the week, once each', () => {
    const scene = new Scene()
    scene.connect()
    expect(scene.calls.map(({ request, lane, token }) => [request.kind, lane, token])).toEqual([
      ['readOverride', 'override', 'watch'],
      ['readFleet', 'summary', 'watch'],
      ['verifyToken', 'detail', 'watch'],
      ['readHistory', 'sweep', 'watch'],
    ])
    expect(scene.calls[3]?.request).toMatchObject({ from: noon - 168 * hour, to: noon })
    expect(scene.texts).toEqual(['Watching Example'])
  })

  it('is unknown until both were read, then well', () => {
    const scene = new Scene()
    scene.connect()
    expect(scene.face).toMatchObject({ name: 'unknown', sentence: 'Override and fleet are read for the first time' })
    scene.run(second)
    expect(scene.face).toMatchObject({ name: 'well', sentence: 'All well: 1,000 devices connected, override off' })
  })

  it('reads the override every 10 s and the fleet every 30 s, each spread by a tenth at most', () => {
    const scene = Scene.watching()
    scene.run(10 * minute)
    const override = gaps(scene.asked('readOverride'))
    const fleet = gaps(scene.asked('readFleet'))
    expect(Math.min(...override)).toBeGreaterThanOrEqual(9 * second)
    expect(Math.max(...override)).toBeLessThanOrEqual(11 * second)
    expect(new Set(override).size).toBeGreaterThan(10)
    expect(Math.min(...fleet)).toBeGreaterThanOrEqual(27 * second)
    expect(Math.max(...fleet)).toBeLessThanOrEqual(33 * second)
  })

  it('verifies the token every 6 hours and fills up the history every hour', () => {
    const scene = Scene.watching()
    scene.run(14 * hour)
    expect(scene.asked('verifyToken')).toHaveLength(3)
    expect(scene.asked('readHistory').length).toBeGreaterThanOrEqual(12)
  })

  it('reads a week of history first, then the newest hours, which Cloudflare cuts finer', () => {
    const scene = Scene.watching()
    scene.run(2 * hour)
    const [week, recent, later] = scene.calls.filter(({ request }) => request.kind === 'readHistory')
    expect(week?.request).toMatchObject({ from: noon - 7 * day, to: noon })
    expect(recent?.at).toBeLessThan(noon + minute)
    expect(recent?.request).toMatchObject({ from: (recent?.at ?? 0) - 6 * hour, to: recent?.at })
    expect(later?.at).toBeGreaterThan(noon + 50 * minute)
    expect(later?.request).toMatchObject({ from: (later?.at ?? 0) - 6 * hour, to: later?.at })
  })

  it('reads all that came since, when history was not to be had for long', () => {
    const scene = Scene.watching()
    scene.run(hour / 2)
    scene.account.failing.readHistory = { kind: 'server', status: 500, detail: '' }
    scene.run(9 * hour)
    const before = scene.asked('readHistory').length
    delete scene.account.failing.readHistory
    scene.run(hour)
    const next = scene.calls.filter(({ request }) => request.kind === 'readHistory')[before]
    expect(next?.request).toMatchObject({ from: noon + second - 2 * hour })
  })

  it('asks again for what failed and is of no hurry: a few times soon, then every hour', () => {
    const scene = new Scene()
    scene.account.failing.verifyToken = { kind: 'unauthorized', detail: '' }
    scene.account.failing.readHistory = { kind: 'server', status: 500, detail: '' }
    scene.connect()
    scene.run(10 * minute)
    expect(scene.asked('verifyToken').length).toBe(6)
    expect(scene.asked('readHistory').length).toBe(6)
    scene.run(10 * hour)
    expect(scene.asked('verifyToken').length).toBeLessThanOrEqual(17)
    expect(scene.asked('readHistory').length).toBeLessThanOrEqual(17)
    expect(scene.asked('readHistory').length).toBeGreaterThanOrEqual(14)
    expect(scene.face.name).toBe('well')
  })

  it('does not ask every minute for what it may not read', () => {
    const scene = new Scene()
    scene.account.failing.readHistory = { kind: 'forbidden', scope: 'Zero Trust Read', detail: '' }
    scene.connect()
    scene.run(30 * minute)
    expect(scene.asked('readHistory')).toHaveLength(1)
  })

  it('has never more than one question of a kind open', () => {
    const scene = new Scene()
    scene.account.mute.add('readOverride').add('readFleet')
    scene.connect()
    scene.run(59 * second)
    expect(scene.asked('readOverride')).toHaveLength(1)
    expect(scene.asked('readFleet')).toHaveLength(1)
  })

  it('gives up a call that is not answered within a minute, and asks again', () => {
    const scene = Scene.watching()
    scene.account.mute.add('readOverride')
    const asked = scene.asked('readOverride').length
    scene.run(90 * second)
    expect(scene.asked('readOverride').length).toBeGreaterThan(asked)
    expect(scene.snapshot.lastError?.failure).toEqual({ kind: 'timeout', detail: 'nothing for 60 s' })
  })

  it('keeps every reading and every history for the store', () => {
    const scene = Scene.watching()
    const kept = scene.effects.filter(({ type }) => type === 'recordFleet' || type === 'recordHistory')
    expect(kept[0]).toEqual({
      type: 'recordFleet',
      reading: { summary: fleetOf(1000), windowMinutes: 5, asOf: noon },
    })
    expect(kept).toContainEqual({ type: 'recordHistory', points: [], asOf: noon })
  })

  it('dates a reading by when it was asked for, never by when the answer came', () => {
    const scene = new Scene()
    scene.connect()
    scene.run(5 * second)
    expect(scene.snapshot.override.asOf).toBe(noon)
    expect(scene.snapshot.fleet?.asOf).toBe(noon)
  })

  it('says once that parts of an answer could not be read, not with every poll', () => {
    const scene = Scene.watching()
    scene.account.skipped = ['deviceStats.byStatus[3]']
    scene.run(3 * minute)
    expect(scene.texts.filter((text) => text.includes('byStatus[3]'))).toHaveLength(1)
    scene.account.skipped = []
    scene.run(minute)
    scene.account.skipped = ['deviceStats.byColo[0]', 'deviceStats.byColo[9]']
    scene.run(minute)
    expect(scene.texts.at(-1)).toMatch(/^2 parts .* at deviceStats\.byColo\[0\]$/)
  })
})

describe('what a person changes', () => {
  it('a shorter poll counts at once', () => {
    const scene = Scene.watching({ overridePollSeconds: 300 })
    expect(scene.asked('readOverride')).toHaveLength(1)
    scene.dispatch({ type: 'settingsChanged', settings: { ...defaultWatchSettings, overridePollSeconds: 5 } })
    scene.run(second)
    expect(scene.asked('readOverride')).toHaveLength(2)
  })

  it('another share counts at once', () => {
    const scene = Scene.watching()
    expect(scene.snapshot.fuel.watch.limit).toBe(360)
    scene.dispatch({ type: 'settingsChanged', settings: { ...defaultWatchSettings, budgetPercent: 10 } })
    expect(scene.snapshot.fuel).toMatchObject({ watch: { limit: 120 }, act: { limit: 120 } })
  })

  it('asking for fresh figures reads override and fleet now, and asking again and again does not', () => {
    const scene = Scene.watching()
    scene.run(5 * second)
    const from = scene.at
    for (let time = 0; time < 20; time++) {
      scene.dispatch({ type: 'refreshAsked' })
      scene.run(100)
    }
    expect(scene.asked('readOverride', from).length).toBeGreaterThanOrEqual(1)
    expect(scene.asked('readOverride', from).length).toBeLessThanOrEqual(3)
    expect(scene.asked('readFleet', from).length).toBeLessThanOrEqual(3)
  })

  it('a renewed token is tried at once with everything', () => {
    const scene = Scene.watching()
    const from = scene.at
    scene.dispatch({ type: 'connectionChanged', connection: { ...scene.state.connection!, actsWith: 'none' } })
    scene.run(2 * second)
    for (const kind of ['readOverride', 'readFleet', 'verifyToken', 'readHistory'] as const) {
      expect(scene.asked(kind, from)).toHaveLength(1)
    }
    expect(scene.snapshot.connection?.actsWith).toBe('none')
  })

  it('a change of a connection that is not watched is none', () => {
    const scene = Scene.watching()
    const before = scene.snapshot.connection
    scene.dispatch({ type: 'connectionChanged', connection: { ...before!, id: 'two', actsWith: 'none' } })
    expect(scene.snapshot.connection).toEqual(before)
  })

  it('after disconnecting nothing is asked, and a late answer colours nothing', () => {
    const scene = Scene.watching()
    scene.account.value = 'on'
    scene.run(9 * second)
    scene.dispatch({ type: 'disconnected' })
    const calls = scene.calls.length
    scene.run(hour)
    expect(scene.calls).toHaveLength(calls)
    expect(scene.face.name).toBe('signed-out')
    expect(scene.snapshot.override.state).toBe('unknown')
  })

  it('an answer for the connection before colours the next one as little', () => {
    const scene = new Scene()
    scene.account.value = 'on'
    scene.connect()
    scene.account.mute.add('readOverride')
    scene.connect({}, { id: 'two' })
    scene.run(5 * second)
    expect(scene.snapshot.override.state).toBe('unknown')
  })
})

describe('within the budget', () => {
  it('a small share slows the polls down instead of letting them starve', () => {
    const scene = Scene.watching({ budgetPercent: 1 })
    scene.run(30 * minute)
    const { used, limit } = scene.snapshot.fuel.watch
    expect(limit).toBe(12)
    expect(used).toBeLessThanOrEqual(12)
    expect(Math.max(...gaps(scene.asked('readOverride', noon + 5 * minute)))).toBeLessThan(80 * second)
  })

  it('the headers of Cloudflare slow them down too', () => {
    const scene = new Scene()
    scene.account.limits = [{ policy: 'burst', quota: 20, windowSeconds: 60, remaining: 19, resetSeconds: 60 }]
    scene.connect()
    scene.run(minute)
    const from = scene.at
    scene.run(10 * minute)
    expect(scene.asked('readOverride', from).length).toBeLessThanOrEqual(11 * 6)
    expect(scene.snapshot.fuel.watch).toMatchObject({ limit: 6, windowSeconds: 60, remainingAtCloudflare: 19 })
  })

  it('a connection that acts with its watch token has one budget, an observer none to act with', () => {
    expect(Scene.watching({}, {}, { actsWith: 'watchToken' }).snapshot.fuel.act).toBeNull()
    expect(Scene.watching({}, {}, { actsWith: 'none' }).snapshot.fuel.act).toBeNull()
    expect(Scene.watching().snapshot.fuel.act).toMatchObject({ used: 0, limit: 360 })
  })
})

describe('a clock that is put back', () => {
  it('does not make a drop wait for its own beginning', () => {
    const scene = Scene.watching()
    scene.account.fleet = () => fleetOf(700, 1000)
    scene.run(minute)
    scene.at -= 3 * hour
    scene.run(4 * minute)
    expect(scene.snapshot.incidents).toMatchObject([{ kind: 'fleetDrop' }])
  })

  it('does not keep an act waiting: it is refused, or unconfirmed', () => {
    const unwritten = Scene.watching()
    unwritten.confirm('disconnect')
    unwritten.freeze(0)
    unwritten.at -= 3 * hour
    unwritten.run(15 * second)
    expect(unwritten.snapshot.override.intent.kind).toBe('refused')
    expect(unwritten.posts).toEqual([])

    const unanswered = Scene.watching()
    unanswered.account.mute.add('switchOverride').add('readOverride')
    unanswered.confirm('disconnect')
    unanswered.run(second)
    unanswered.at -= 3 * hour
    unanswered.run(15 * second)
    expect(unanswered.snapshot.override.intent.kind).toBe('unconfirmed')
  })

  it('does not make an override explain a drop for longer', () => {
    const scene = Scene.watching()
    scene.account.switch('on')
    scene.run(20 * second)
    scene.account.switch('off')
    scene.run(20 * second)
    scene.at -= 3 * hour
    scene.run(15 * second)
    expect(scene.snapshot.override.convergence).toBeNull()
  })

  it('does not make Cloudflare fail for hours before that is told', () => {
    const scene = Scene.watching()
    scene.account.failing.all = timeout
    scene.run(2 * minute)
    scene.at -= 3 * hour
    scene.run(7 * minute)
    expect(scene.snapshot.incidents).toMatchObject([{ kind: 'unreachable' }])
  })

  it('stops no poll, and what was read ages as if it were old', () => {
    const scene = Scene.watching()
    scene.at -= 3 * hour
    expect(scene.face.name).toBe('unknown')
    scene.run(11 * second)
    expect(scene.face.name).toBe('well')
  })
})
