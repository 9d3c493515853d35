import { describe, expect, it } from 'vitest'

import { nextDueAt } from '../../main/engine/engine.ts'
import { fleetOf } from './account.ts'
import { matching } from './matchers.ts'
import { hour, minute, noon, Scene, second } from './scene.ts'

const offline = { kind: 'offline', detail: 'no route' } as const

/** A scene that slept for three hours and woke. */
function slept(scene = Scene.watching()): Scene {
  scene.dispatch({ type: 'slept' })
  scene.freeze(3 * hour)
  scene.dispatch({ type: 'woke', cause: 'resume' })
  return scene
}

describe('asleep', () => {
  it('nothing is sent and nothing is due, and the face says so', () => {
    const scene = Scene.watching()
    scene.dispatch({ type: 'slept' })
    const calls = scene.calls.length
    scene.run(4 * minute)
    expect(scene.calls).toHaveLength(calls)
    expect(nextDueAt(scene.state)).toBeNull()
    expect(scene.snapshot.presence).toBe('asleep')
    expect(scene.face).toMatchObject({
      name: 'offline',
      isStale: true,
      sentence: matching(/^Asleep, nothing is watched: what is known is 4 min old$/),
    })
    scene.run(hour)
    expect(scene.face).toMatchObject({ name: 'unknown', sentence: matching(/^Asleep, nothing is watched/) })
    expect(scene.notices).toEqual([])
  })

  it('an answer to what was asked before is still taken', () => {
    const scene = new Scene()
    scene.connect()
    scene.dispatch({ type: 'slept' })
    scene.run(second)
    expect(scene.snapshot.override.state).toBe('off')
    expect(scene.asked('readOverride')).toHaveLength(1)
  })

  it('twice is asleep since the first time', () => {
    const scene = Scene.watching()
    scene.dispatch({ type: 'slept' })
    scene.freeze(hour)
    scene.dispatch({ type: 'slept' })
    scene.freeze(hour)
    scene.dispatch({ type: 'woke', cause: 'resume' })
    expect(scene.snapshot.gap).toEqual({ from: noon + minute, to: scene.at })
  })
})

describe('a wake', () => {
  it('asks for the override, then the fleet, at once, and for the rest a little later', () => {
    const scene = slept()
    const woken = scene.at
    scene.run(20 * second)
    const after = scene.calls.filter(({ at }) => at >= woken)
    expect(after.slice(0, 2)).toMatchObject([
      { at: woken, request: { kind: 'readOverride' } },
      { at: woken, request: { kind: 'readFleet' } },
    ])
    expect(scene.asked('readHistory', woken)[0]).toBeGreaterThanOrEqual(woken + 5 * second)
    expect(scene.asked('readHistory', woken)).toHaveLength(1)
  })

  it('told three times over is no storm', () => {
    const scene = slept()
    const woken = scene.at
    scene.dispatch({ type: 'woke', cause: 'unlock' })
    scene.run(100)
    scene.dispatch({ type: 'woke', cause: 'network' })
    scene.run(5 * second)
    expect(scene.asked('readOverride', woken).length).toBeLessThanOrEqual(2)
    expect(scene.asked('readFleet', woken).length).toBeLessThanOrEqual(2)
    expect(scene.snapshot.gap).toEqual({ from: noon + minute, to: woken })
    expect(scene.texts.filter((text) => text.startsWith('Nothing was watched'))).toHaveLength(1)
  })

  it('says from when to when nothing was watched, and shows it for an hour', () => {
    const scene = slept()
    const gap = { from: noon + minute, to: scene.at }
    expect(scene.snapshot.gap).toEqual(gap)
    expect(scene.texts.at(-1)).toBe(
      "Nothing was watched for 3 h. Status and mode of that time come from Cloudflare's history; the rest was not recorded",
    )
    scene.run(hour - second)
    expect(scene.snapshot.gap).toEqual(gap)
    scene.run(2 * second)
    expect(scene.snapshot.gap).toBeNull()
  })

  it('from a nap of less than a minute is no gap', () => {
    const scene = Scene.watching()
    scene.dispatch({ type: 'slept' })
    scene.freeze(59 * second)
    scene.dispatch({ type: 'woke', cause: 'resume' })
    expect(scene.snapshot.gap).toBeNull()
  })

  it('tells once how it is against how it was', () => {
    const scene = Scene.watching()
    scene.dispatch({ type: 'slept' })
    scene.freeze(3 * hour)
    scene.account.switch('on')
    scene.account.fleet = () => fleetOf(120, 1000)
    scene.dispatch({ type: 'woke', cause: 'resume' })
    scene.run(5 * minute)
    expect(scene.texts.filter((text) => text.startsWith('Caught up'))).toEqual([
      'Caught up after 3 h: the override went from off to on; 120 devices connected, 1,000 before',
    ])
    expect(scene.notices).toMatchObject([
      { key: 'override-on:T1', body: matching(/^It happened in the 3 h before now/) },
    ])

    const quiet = slept()
    quiet.run(minute)
    expect(quiet.texts.at(-1)).toBe(
      'Caught up after 3 h: the override is off as before; 1,000 devices connected, 1,000 before',
    )
  })

  it('waits for both readings before it tells', () => {
    const scene = Scene.watching()
    scene.account.mute.add('readFleet')
    slept(scene)
    scene.run(30 * second)
    expect(scene.texts.some((text) => text.startsWith('Caught up'))).toBe(false)
  })

  it('does not count the time asleep as failing', () => {
    const scene = Scene.watching()
    scene.account.failing.all = offline
    scene.run(2 * minute)
    slept(scene)
    scene.run(4 * minute)
    expect(scene.notices).toEqual([])
    scene.run(2 * minute)
    expect(scene.notices).toHaveLength(1)
  })

  it('does not wait for answers from before the sleep', () => {
    const scene = Scene.watching()
    scene.account.mute.add('readOverride')
    scene.run(10 * second)
    scene.account.mute.clear()
    slept(scene)
    const woken = scene.at
    scene.run(second)
    expect(scene.asked('readOverride', woken)).toEqual([woken])
    expect(scene.face.name).toBe('well')
  })

  it('without a word is noticed by the first step after it', () => {
    const scene = Scene.watching()
    scene.freeze(3 * hour)
    const woken = scene.at
    scene.dispatch({ type: 'tick' })
    expect(scene.snapshot.gap?.to).toBe(woken)
    expect(woken - scene.snapshot.gap!.from).toBeGreaterThanOrEqual(3 * hour)
    expect(scene.calls.at(-1)?.at).toBe(woken)
    scene.run(second)
    expect(scene.face.name).toBe('well')
  })

  it('is none when nothing is watched, or when the app was only slow', () => {
    const idle = new Scene()
    idle.dispatch({ type: 'tick' })
    idle.freeze(hour)
    idle.dispatch({ type: 'tick' })
    expect(idle.snapshot.gap).toBeNull()
    const slow = Scene.watching()
    slow.freeze(100 * second)
    slow.dispatch({ type: 'tick' })
    expect(slow.snapshot.gap).toBeNull()
  })

  it('that is told as a sleep only afterwards is one gap', () => {
    const scene = Scene.watching()
    scene.freeze(3 * hour)
    scene.dispatch({ type: 'slept' })
    scene.dispatch({ type: 'woke', cause: 'resume' })
    scene.run(minute)
    expect(scene.texts.filter((text) => text.startsWith('Nothing was watched')).length).toBeLessThanOrEqual(1)
    expect(scene.face.name).toBe('well')
  })
})

describe('a start', () => {
  it('says from when nothing was watched', () => {
    const scene = new Scene()
    scene.connect({ watchedUntil: noon - 26 * hour })
    expect(scene.snapshot.gap).toEqual({ from: noon - 26 * hour, to: noon })
    expect(scene.texts[1]).toMatch(/^Nothing was watched for 26 h\. /)
  })

  it('the first time, or right after the last, says nothing', () => {
    for (const watchedUntil of [null, noon - 30 * second]) {
      const scene = new Scene()
      scene.connect({ watchedUntil })
      expect(scene.snapshot.gap).toBeNull()
    }
  })
})

describe('offline', () => {
  it('is what the system tells, and any answer ends it', () => {
    const scene = Scene.watching()
    scene.dispatch({ type: 'networkLost' })
    expect(scene.snapshot.presence).toBe('offline')
    expect(scene.face).toMatchObject({
      name: 'offline',
      sentence: matching(/^This machine is offline: what is known is \d+ s old$/),
    })
    scene.run(12 * second)
    expect(scene.snapshot.presence).toBe('awake')
    expect(scene.face.name).toBe('well')
  })

  it('is two calls in a row that reach nobody; one is a hiccup', () => {
    const scene = Scene.watching()
    scene.account.failing.readOverride = offline
    scene.run(12 * second)
    expect(scene.snapshot.presence).toBe('awake')
    scene.account.failing.all = offline
    scene.run(20 * second)
    expect(scene.snapshot.presence).toBe('offline')
    scene.account.failing = {}
    scene.run(70 * second)
    expect(scene.snapshot.presence).toBe('awake')
  })

  it('is not where something answered, were it with a refusal', () => {
    const scene = Scene.watching()
    scene.account.failing.readFleet = { kind: 'server', status: 500, detail: '' }
    scene.account.failing.readOverride = offline
    for (let time = 0; time < 6; time++) {
      scene.dispatch({ type: 'refreshAsked' })
      scene.run(2 * second)
    }
    expect(scene.snapshot.presence).toBe('awake')
  })

  it('says nothing of a slow network either way', () => {
    const scene = Scene.watching()
    scene.dispatch({ type: 'networkLost' })
    scene.account.failing.all = { kind: 'timeout', detail: '' }
    scene.run(30 * second)
    expect(scene.snapshot.presence).toBe('offline')
  })

  it('backs off to a call a minute, and the network back forgets that', () => {
    const scene = Scene.watching()
    scene.account.failing.all = offline
    scene.run(10 * minute)
    const from = scene.at
    scene.run(10 * minute)
    expect(scene.asked('readOverride', from).length).toBeLessThanOrEqual(12)
    expect(scene.asked('readOverride', from).length).toBeGreaterThanOrEqual(8)
    scene.account.failing = {}
    const back = scene.at
    scene.dispatch({ type: 'woke', cause: 'network' })
    scene.run(second)
    expect(scene.asked('readOverride', back)[0]).toBeLessThanOrEqual(back + second)
    expect(scene.snapshot.presence).toBe('awake')
    expect(scene.snapshot.gap).toBeNull()
  })
})
