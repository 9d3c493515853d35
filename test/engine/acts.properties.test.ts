import fc from 'fast-check'
import { expect, it } from 'vitest'

import type { Failure } from '../../main/engine/failure.ts'
import type { ApiRequest } from '../../main/engine/calls.ts'
import type { Act } from '../../main/engine/override/act.ts'
import type { Snapshot } from '../../main/engine/snapshot.ts'
import { minute, Scene, second } from './scene.ts'

const failures: readonly Failure[] = [
  { kind: 'offline', detail: '' },
  { kind: 'timeout', detail: '' },
  { kind: 'server', status: 500, detail: '' },
  { kind: 'badShape', path: 'result', detail: '' },
  { kind: 'forbidden', scope: 'Zero Trust Resilience Write', detail: '' },
  { kind: 'unauthorized', detail: '' },
  { kind: 'rejected', status: 400, detail: '' },
  { kind: 'noToken', detail: '' },
]
const kinds: readonly ApiRequest['kind'][] = ['readOverride', 'readFleet', 'switchOverride', 'readOverrideAudit']

/** Something that a person, the machine, Cloudflare or somebody else does. */
const happenings = fc.oneof(
  fc.record({ do: fc.constant('wait' as const), ms: fc.oneof(fc.nat(900), fc.nat(30_000), fc.nat(6 * minute)) }),
  fc.record({
    do: fc.constant('confirm' as const),
    direction: fc.constantFrom('disconnect' as const, 'reconnect' as const),
  }),
  fc.record({ do: fc.constant('confirmAgain' as const), which: fc.nat(5) }),
  fc.record({ do: fc.constant('switch' as const), value: fc.constantFrom('on' as const, 'off' as const) }),
  fc.record({ do: fc.constant('sayNothing' as const), silent: fc.boolean() }),
  fc.record({
    do: fc.constant('fail' as const),
    kind: fc.constantFrom(...kinds),
    failure: fc.option(fc.constantFrom(...failures)),
  }),
  fc.record({ do: fc.constant('mute' as const), kind: fc.constantFrom(...kinds), muted: fc.boolean() }),
  fc.record({ do: fc.constant('loseReplies' as const), failure: fc.option(fc.constantFrom(...failures.slice(0, 4))) }),
  fc.record({ do: fc.constant('ledger' as const), broken: fc.boolean() }),
  fc.record({ do: fc.constantFrom('sleep' as const, 'wake' as const, 'refresh' as const, 'crash' as const) }),
)
type Happening = typeof happenings extends fc.Arbitrary<infer T> ? T : never

/** What stands open in the ledger: the last row of each act that is not settled. */
function unsettled({ ledger }: Scene) {
  const last = new Map(ledger.map((entry) => [entry.act.id, entry]))
  return [...last.values()].filter(({ state }) => state === 'intended' || state === 'sent' || state === 'unconfirmed')
}

interface World {
  readonly scene: Scene
  readonly acts: Act[]
  /** How many acts and notices there were when the process was started last. */
  before: { acts: number; notices: number }
}

function live(world: World, happening: Happening): void {
  const { scene, acts } = world
  const { account } = scene
  switch (happening.do) {
    case 'wait':
      scene.run(happening.ms)
      return
    case 'confirm':
      acts.push(
        scene.confirm(happening.direction, { id: `00000000-0000-4000-8000-${String(acts.length).padStart(12, '0')}` }),
      )
      return
    case 'confirmAgain': {
      const act = acts.slice(world.before.acts)[happening.which]
      if (act !== undefined) scene.dispatch({ type: 'actConfirmed', act })
      return
    }
    case 'switch':
      account.switch(happening.value)
      return
    case 'sayNothing':
      account.isSilent = happening.silent
      return
    case 'fail':
      if (happening.failure === null) account.failing = {}
      else account.failing = { ...account.failing, [happening.kind]: happening.failure }
      return
    case 'mute':
      if (happening.muted) account.mute.add(happening.kind)
      else account.mute.delete(happening.kind)
      return
    case 'loseReplies':
      account.losesReply = happening.failure
      return
    case 'ledger':
      scene.ledgerFailure = happening.broken ? { kind: 'full', detail: '' } : null
      return
    case 'sleep':
      scene.dispatch({ type: 'slept' })
      return
    case 'wake':
      scene.dispatch({ type: 'woke', cause: 'resume' })
      return
    case 'refresh':
      scene.dispatch({ type: 'refreshAsked' })
      return
    case 'crash':
      world.before = { acts: acts.length, notices: scene.notices.length }
      scene.crash({ unsettled: unsettled(scene) })
  }
}

const lives = fc.array(happenings, { minLength: 5, maxLength: 40, size: 'max' })

function check(look: (world: World, snapshot: Snapshot) => void): void {
  fc.assert(
    fc.property(lives, (life) => {
      const world: World = { scene: Scene.watching(), acts: [], before: { acts: 0, notices: 0 } }
      for (const happening of life) {
        live(world, happening)
        look(world, world.scene.snapshot)
      }
    }),
    { numRuns: 250 },
  )
}

it('no act is ever sent twice, nor without its intent on disk first', () => {
  check(({ scene, acts }) => {
    const ids = scene.posts.map(({ request }) => (request.kind === 'switchOverride' ? request.justification : ''))
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids.length).toBeLessThanOrEqual(acts.length)
    for (const act of acts) {
      if (ids.some((text) => text.includes(act.id))) expect(scene.ledgerOf(act)[0]).toBe('intended')
    }
  })
})

it('no second act is sent while one is on its way', () => {
  check(({ scene }, { override }) => {
    if (override.intent.kind !== 'sending') return
    const { act, callId } = override.intent
    const own = scene.posts.filter(({ request }) => JSON.stringify(request).includes(act.id))
    expect(own.map(({ id }) => id)).toEqual(callId === null ? [] : [callId])
    if (callId !== null) expect(scene.posts.at(-1)?.id).toBe(callId)
  })
})

it('off is never claimed without a fresh or stale reading of off that is newer than every POST', () => {
  check(({ scene }, { override }) => {
    if (override.state !== 'off') return
    const answered = scene.answers.filter(
      ({ call, answer }) => call.request.kind === 'readOverride' && answer === 'off',
    )
    expect(answered.some(({ call }) => call.at === override.asOf)).toBe(true)
    expect(scene.at - override.asOf!).toBeLessThanOrEqual(5 * minute)
    const { intent } = override
    if (intent.kind !== 'sending' || intent.callId === null) return
    expect(scene.asked('switchOverride').at(-1)!).toBeLessThanOrEqual(override.asOf!)
  })
})

it('well is never shown when anything it rests on is old, unknown, on or on its way', () => {
  check(({ scene }, snapshot) => {
    if (snapshot.face.name !== 'well') return
    const { override, fleet, presence, incidents } = snapshot
    expect(override).toMatchObject({ state: 'off', freshness: 'fresh' })
    expect(scene.at - override.asOf!).toBeLessThanOrEqual(45 * second)
    expect(scene.at - fleet!.asOf).toBeLessThanOrEqual(2 * minute)
    expect(presence).toBe('awake')
    expect(incidents).toEqual([])
    expect(override.intent.kind).not.toBe('unconfirmed')
  })
})

it('an act that the ledger calls settled stays settled, and its rows come in order', () => {
  const next: Readonly<Record<string, readonly string[]>> = {
    intended: ['sent', 'unconfirmed', 'confirmed', 'contradicted', 'refused'],
    sent: ['confirmed', 'contradicted'],
    unconfirmed: ['confirmed', 'contradicted'],
  }
  check(({ scene, acts }) => {
    for (const act of acts) {
      const rows = scene.ledgerOf(act)
      rows.slice(1).forEach((row, index) => {
        expect(next[rows[index]!] ?? []).toContain(row)
      })
    }
  })
})

it('one event is told once: no notice is repeated in the life of the process', () => {
  check(({ scene, before }) => {
    const keys = scene.notices.slice(before.notices).map(({ key }) => key)
    expect(new Set(keys).size).toBe(keys.length)
  })
})
