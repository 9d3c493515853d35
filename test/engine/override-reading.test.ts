import { describe, expect, it } from 'vitest'

import { matching } from './matchers.ts'
import { hour, minute, Scene, second } from './scene.ts'

describe('an answer that says nothing', () => {
  it('makes off unknown at once, and on stale, and is said once', () => {
    const scene = Scene.watching()
    scene.account.value = null
    scene.run(15 * second)
    expect(scene.snapshot.override).toMatchObject({
      state: 'unknown',
      freshness: 'unknown',
      sentence: 'Cloudflare does not say whether the override is on',
    })
    expect(scene.face.name).toBe('unknown')
    scene.run(10 * minute)
    expect(scene.texts.filter((text) => text.includes('does not say'))).toHaveLength(1)
    expect(scene.notices).toEqual([])

    scene.account.switch('on')
    scene.run(15 * second)
    scene.account.value = null
    scene.run(10 * minute)
    expect(scene.snapshot.override).toMatchObject({ state: 'on', freshness: 'stale' })
    expect(scene.face).toMatchObject({ name: 'override-on', isStale: true })
  })

  it('is unknown from the start', () => {
    const scene = new Scene()
    scene.account.value = null
    scene.connect()
    scene.run(5 * second)
    expect(scene.snapshot.override).toMatchObject({ state: 'unknown', asOf: null })
    expect(scene.face).toMatchObject({
      name: 'unknown',
      sentence: 'Cloudflare does not say whether the override is on',
    })
  })

  it('passes: the same off again is no switch', () => {
    const scene = Scene.watching()
    scene.account.value = null
    scene.run(15 * second)
    scene.account.value = 'off'
    scene.run(15 * second)
    expect(scene.face.name).toBe('well')
    expect(scene.notices).toEqual([])
  })
})

describe('an override that is not read any more', () => {
  it('goes stale and then unknown when it was off, and stays on with the stale mark when it was on', () => {
    const scene = Scene.watching()
    scene.account.failing.readOverride = { kind: 'timeout', detail: '' }
    scene.run(50 * second)
    expect(scene.face).toMatchObject({
      name: 'stale',
      isStale: true,
      sentence: matching(/^Override off, not read for/),
    })
    scene.run(4 * minute + 30 * second)
    expect(scene.face.name).toBe('unknown')
    expect(scene.snapshot.override.sentence).toBe('The override is unknown: not read for 5 min')
    expect(scene.snapshot.override.state).toBe('unknown')

    const on = Scene.watching()
    on.account.switch('on')
    on.run(15 * second)
    on.account.failing.readOverride = { kind: 'timeout', detail: '' }
    on.run(hour)
    expect(on.face).toMatchObject({
      name: 'override-on',
      isStale: true,
      sentence: matching(/^Override on, not read for 6\d min$/),
    })
  })
})
