import { expect, it } from 'vitest'

import { minute, Scene, second } from './scene.ts'

const intentOf = (scene: Scene) => scene.snapshot.override.intent

/** A scene in which the override was read a moment ago, so that the next reading is a while off. */
function justRead(): Scene {
  const scene = Scene.watching()
  while (scene.at - scene.asked('readOverride').at(-1)! > 100) scene.run(100)
  return scene
}

it('the ledger has 30 s', () => {
  const scene = Scene.watching()
  const { at } = scene.confirm('disconnect')
  scene.tickAt(at + 30 * second - 1)
  expect(intentOf(scene).kind).toBe('sending')
  scene.tickAt(at + 30 * second)
  expect(intentOf(scene).kind).toBe('refused')
})

it('an answer to the POST has 60 s', () => {
  const scene = justRead()
  scene.account.mute.add('switchOverride').add('readOverride')
  scene.confirm('disconnect')
  scene.run(10)
  const sentAt = scene.asked('switchOverride')[0]!
  scene.tickAt(sentAt + minute - 1)
  expect(intentOf(scene).kind).toBe('sending')
  scene.tickAt(sentAt + minute)
  expect(intentOf(scene)).toMatchObject({ kind: 'unconfirmed', cause: { kind: 'timeout', detail: 'nothing for 60 s' } })
})

it('an accepted act has 60 s to be read back', () => {
  const scene = justRead()
  scene.account.mute.add('readOverride')
  scene.confirm('disconnect')
  scene.run(2 * second)
  const acceptedAt = scene.state.override.post!.acceptedAt!
  // The reading after it is still open then: there is no failure yet to give as the cause.
  expect(scene.asked('readOverride').at(-1)!).toBeGreaterThan(acceptedAt)
  scene.tickAt(acceptedAt + minute - 1)
  expect(intentOf(scene).kind).toBe('sending')
  scene.tickAt(acceptedAt + minute)
  expect(intentOf(scene)).toMatchObject({ kind: 'unconfirmed', cause: { kind: 'timeout', detail: 'nothing for 60 s' } })
})

it('the devices have 10 minutes', () => {
  const scene = Scene.watching()
  scene.confirm('disconnect')
  scene.run(5 * second)
  const { since } = scene.state.override.following!
  scene.tickAt(since + 10 * minute - 1)
  expect(intentOf(scene).kind).toBe('converging')
  scene.tickAt(since + 10 * minute)
  expect(intentOf(scene).kind).toBe('settled')
})

it('a count from the moment of the switch tells whether they followed, one from before it does not', () => {
  for (const [offset, kind] of [
    [-1, 'converging'],
    [0, 'settled'],
  ] as const) {
    const scene = Scene.watching()
    scene.confirm('disconnect')
    scene.run(3 * second)
    const { state } = scene
    const asOf = state.override.following!.since + offset
    scene.state = { ...state, fleet: { ...state.fleet, reading: { ...state.fleet.reading!, connected: 0, asOf } } }
    scene.tickAt(scene.at)
    expect(intentOf(scene).kind).toBe(kind)
  }
})
