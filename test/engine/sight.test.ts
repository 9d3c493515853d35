import { describe, expect, it } from 'vitest'

import type { Failure } from '../../main/engine/failure.ts'
import { fleetOf } from './account.ts'
import { matching } from './matchers.ts'
import { hour, minute, Scene, second } from './scene.ts'

const keys = (scene: Scene) => scene.notices.map(({ key }) => key.split(':')[0])
const down: Failure = { kind: 'server', status: 503, detail: 'unavailable' }

describe('Cloudflare failing', () => {
  it('for five minutes is told once, from when it began, and its end once', () => {
    const scene = Scene.watching()
    const from = scene.at
    scene.account.failing.all = down
    scene.run(5 * minute)
    expect(scene.notices).toEqual([])
    scene.run(hour)
    const [incident] = scene.snapshot.incidents
    expect(incident).toMatchObject({
      kind: 'unreachable',
      severity: 'critical',
      count: 0,
      expected: null,
      sentence: 'Cloudflare fails: nothing can be read',
    })
    expect(incident!.since - from).toBeLessThan(15 * second)
    expect(scene.notices).toEqual([
      {
        key: `unreachable:${incident!.id}`,
        urgency: 'critical',
        title: 'Cloudflare fails: nothing can be read, for 5 min',
        body: `Cloudflare failed with 503 (unavailable). What is shown gets older, and a switch from here may fail too. ${incident!.id}`,
        opens: 'overview',
      },
    ])
    expect(scene.face).toMatchObject({ name: 'unknown', sentence: 'Cloudflare fails: nothing can be read' })

    scene.account.failing = {}
    scene.run(2 * minute)
    expect(scene.snapshot.incidents).toEqual([])
    expect(scene.notices.slice(1)).toEqual([
      {
        key: `recovered:${incident!.id}`,
        urgency: 'normal',
        title: 'Cloudflare can be read again',
        body: matching(/^INC-\w{6} is over after 6\d min\. Override and fleet are read again$/),
        opens: 'overview',
      },
    ])
    expect(scene.face.name).toBe('well')
  })

  it('for less is not told', () => {
    const scene = Scene.watching()
    scene.account.failing.all = down
    scene.run(4 * minute)
    scene.account.failing = {}
    scene.run(10 * minute)
    expect(scene.notices).toEqual([])
  })

  it('and answering one question again makes the others be asked at once', () => {
    const scene = Scene.watching()
    scene.account.failing.all = down
    scene.run(10 * minute)
    scene.account.failing = {}
    const from = scene.at
    while (scene.asked('readOverride', from).length + scene.asked('readFleet', from).length === 0) scene.run(second)
    scene.run(3 * second)
    expect(scene.asked('readOverride', from).length).toBeGreaterThanOrEqual(1)
    expect(scene.asked('readFleet', from).length).toBeGreaterThanOrEqual(1)
    expect(scene.snapshot.incidents).toEqual([])
  })

  it('goes stale in the meantime, and never looks well', () => {
    const scene = Scene.watching()
    scene.account.failing.all = down
    scene.run(50 * second)
    scene.watch(20 * minute, ({ face }) => {
      expect(['stale', 'unknown', 'offline']).toContain(face.name)
    })
  })

  it('for the fleet alone is degraded and says what cannot be read', () => {
    const scene = Scene.watching()
    scene.account.failing.readFleet = down
    scene.run(8 * minute)
    expect(scene.snapshot.incidents).toMatchObject([
      { kind: 'unreachable', severity: 'degraded', sentence: 'Cloudflare fails: the fleet cannot be read' },
    ])
    scene.account.failing.readOverride = down
    scene.run(2 * minute)
    expect(scene.snapshot.incidents).toMatchObject([{ severity: 'critical' }])
    expect(scene.notices).toHaveLength(1)
  })

  it.each([
    [{ kind: 'offline', detail: '' }, 'Cloudflare cannot be reached: nothing can be read'],
    [{ kind: 'timeout', detail: '' }, 'Cloudflare cannot be reached: nothing can be read'],
    [{ kind: 'badShape', path: 'result', detail: '' }, "Cloudflare's answers cannot be used: nothing can be read"],
    [{ kind: 'rejected', status: 404, detail: '' }, "Cloudflare's answers cannot be used: nothing can be read"],
  ] as const satisfies readonly (readonly [Failure, string])[])(
    'with %j is told in its own words',
    (failure, sentence) => {
      const scene = Scene.watching()
      scene.account.failing.all = failure
      scene.run(7 * minute)
      expect(scene.snapshot.incidents).toMatchObject([{ kind: 'unreachable', sentence }])
    },
  )

  it('is written down once for each thing that cannot be read, and so is its end', () => {
    const scene = Scene.watching()
    scene.account.failing.all = down
    scene.run(3 * minute)
    expect(scene.texts.filter((text) => text.includes('could not be read'))).toEqual([
      'The override could not be read. Cloudflare failed with 503 (unavailable).',
      'The fleet status could not be read. Cloudflare failed with 503 (unavailable).',
    ])
    scene.account.failing = {}
    scene.run(2 * minute)
    expect(scene.texts.filter((text) => text.includes('can be read again'))).toEqual([
      matching(/^The (override|fleet status) can be read again, after \d min$/),
      matching(/^The (override|fleet status) can be read again, after \d min$/),
    ])
  })

  it('once is not worth a line', () => {
    const scene = Scene.watching()
    scene.account.failing.readOverride = down
    scene.run(11 * second)
    scene.account.failing = {}
    scene.run(minute)
    expect(scene.texts).toEqual(['Watching Example'])
    expect(scene.snapshot.lastError).toMatchObject({ failure: down })
  })

  it('backs off, each question by itself', () => {
    const scene = Scene.watching()
    scene.account.failing.readOverride = down
    scene.run(5 * minute)
    const from = scene.at
    scene.run(10 * minute)
    expect(scene.asked('readOverride', from).length).toBeLessThanOrEqual(12)
    expect(scene.asked('readFleet', from).length).toBeGreaterThanOrEqual(18)
  })

  it('does not end a drop', () => {
    const scene = Scene.watching()
    scene.account.fleet = () => fleetOf(700, 1000)
    scene.run(4 * minute)
    scene.account.failing.readFleet = down
    scene.run(20 * minute)
    expect(scene.snapshot.incidents.map(({ kind }) => kind)).toEqual(['fleetDrop', 'unreachable'])
  })
})

describe('a rate limit', () => {
  it('is waited out as long as Cloudflare said, by everything', () => {
    const scene = Scene.watching()
    const until = scene.at + 4 * minute
    scene.account.failing.all = { kind: 'rateLimited', until, detail: 'slow down' }
    scene.run(12 * second)
    scene.account.failing = {}
    const from = scene.at
    scene.run(until - from - second)
    expect(scene.calls.filter(({ at }) => at >= from)).toEqual([])
    expect(scene.snapshot.fuel.watch.blockedUntil).toBe(until)
    expect(scene.texts.at(-1)).toMatch(/limit for this token is used up/)
    scene.run(15 * second)
    expect(scene.face.name).toBe('well')
    expect(scene.snapshot.fuel.watch.blockedUntil).toBeNull()
  })

  it('of more than five minutes is told', () => {
    const scene = Scene.watching()
    scene.account.failing.all = { kind: 'rateLimited', until: scene.at + 9 * minute, detail: '' }
    scene.run(8 * minute)
    expect(scene.snapshot.incidents).toMatchObject([
      { kind: 'unreachable', sentence: "Cloudflare's limit for the token is used up: the override cannot be read" },
    ])
  })

  it('without a believable end stops nothing for longer than ten minutes', () => {
    const scene = Scene.watching()
    scene.account.failing.all = { kind: 'rateLimited', until: scene.at + 48 * hour, detail: '' }
    scene.run(12 * second)
    scene.account.failing = {}
    scene.run(11 * minute)
    expect(scene.face.name).toBe('well')
  })
})

describe('a refused token', () => {
  it('is told after the second refusal, with what to do, and once', () => {
    const scene = Scene.watching()
    scene.account.failing.all = { kind: 'unauthorized', detail: 'Invalid API Token' }
    scene.run(11 * second)
    expect(scene.notices).toEqual([])
    scene.run(hour)
    expect(scene.snapshot.incidents).toMatchObject([
      { kind: 'tokenRefused', severity: 'critical', sentence: 'Cloudflare refuses the token: nothing can be read' },
    ])
    expect(scene.notices).toMatchObject([
      {
        key: `token-refused:${scene.snapshot.incidents[0]!.id}`,
        urgency: 'critical',
        body: matching(/^Cloudflare does not accept the token \(Invalid API Token\)\. Replace it in Settings\./),
        opens: 'settings',
      },
    ])
    expect(scene.face).toMatchObject({ name: 'unknown', sentence: 'Cloudflare refuses the token: nothing can be read' })
  })

  it('is verified as soon as it is doubted, for Cloudflare answers a lacking permission alike', () => {
    const scene = Scene.watching()
    const from = scene.at
    scene.account.failing.readOverride = { kind: 'forbidden', scope: 'Zero Trust Read', detail: '' }
    scene.account.failing.verifyToken = { kind: 'unauthorized', detail: 'expired' }
    scene.run(40 * second)
    expect(scene.asked('verifyToken', from)).toHaveLength(1)
    expect(scene.snapshot.incidents).toMatchObject([
      { kind: 'tokenRefused', sentence: 'Cloudflare refuses the token: the override cannot be read' },
    ])
  })

  it('that only lacks a permission says which', () => {
    const scene = Scene.watching()
    scene.account.failing.readFleet = { kind: 'forbidden', scope: 'Zero Trust Read', detail: '' }
    scene.run(3 * minute)
    expect(scene.snapshot.incidents).toMatchObject([
      {
        kind: 'tokenRefused',
        severity: 'degraded',
        sentence: 'The token lacks "Zero Trust Read": the fleet cannot be read',
      },
    ])
    expect(scene.notices).toMatchObject([{ body: matching(/it needs "Zero Trust Read"/) }])
  })

  it('that is disabled is known by verifying', () => {
    const scene = Scene.watching()
    scene.account.verdict = { ...scene.account.verdict, status: 'disabled' }
    scene.run(7 * hour)
    expect(scene.texts).toContain(
      'The token could not be verified. Cloudflare does not accept the token (it is disabled). Replace it in Settings.',
    )
  })

  it('that cannot be had from the keychain is told as that', () => {
    const scene = Scene.watching()
    scene.account.failing.all = { kind: 'noToken', detail: 'The keychain did not answer. Unlock it.' }
    scene.run(3 * minute)
    expect(scene.snapshot.incidents).toMatchObject([
      { kind: 'tokenRefused', sentence: 'The token cannot be had from the keychain: nothing can be read' },
    ])
    expect(scene.notices[0]?.body).toMatch(/Unlock it\./)
  })

  it('that is taken again is told, and that one refuses after the other is no recovery', () => {
    const scene = Scene.watching()
    scene.account.failing.all = down
    scene.run(8 * minute)
    scene.account.failing.all = { kind: 'unauthorized', detail: '' }
    scene.run(4 * minute)
    expect(keys(scene)).toEqual(['unreachable', 'token-refused'])
    scene.account.failing = {}
    scene.run(3 * minute)
    expect(keys(scene)).toEqual(['unreachable', 'token-refused', 'recovered'])
    expect(scene.notices.at(-1)?.title).toBe('Cloudflare takes the token again')
  })

  it('renewed is tried at once', () => {
    const scene = Scene.watching()
    scene.account.failing.all = { kind: 'unauthorized', detail: '' }
    scene.run(20 * minute)
    scene.account.failing = {}
    scene.dispatch({ type: 'connectionChanged', connection: scene.state.connection! })
    scene.run(2 * second)
    expect(scene.face.name).toBe('well')
    expect(scene.snapshot.incidents).toEqual([])
  })
})

describe('while asleep', () => {
  it('no incident of sight is opened and none is closed', () => {
    const scene = Scene.watching()
    scene.account.failing.all = down
    scene.run(7 * minute)
    scene.dispatch({ type: 'slept' })
    scene.run(hour)
    expect(scene.snapshot.incidents).toHaveLength(1)
    scene.dispatch({ type: 'woke', cause: 'resume' })
    scene.run(second)
    expect(scene.snapshot.incidents).toHaveLength(1)
    expect(keys(scene)).toEqual(['unreachable'])
  })
})
