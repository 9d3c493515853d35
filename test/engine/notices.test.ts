import { describe, expect, it } from 'vitest'

import { fleetOf } from './account.ts'
import { connection, minute, noon, Scene } from './scene.ts'

describe('while notifications are paused', () => {
  it('what would be told is only written down', () => {
    const scene = Scene.watching()
    scene.dispatch({ type: 'notificationsPaused', until: scene.at + 30 * minute })
    scene.account.fleet = () => fleetOf(700, 1000)
    scene.run(10 * minute)
    expect(scene.notices).toEqual([])
    expect(scene.snapshot.incidents).toHaveLength(1)
    expect(scene.activity.at(-1)).toMatchObject({ kind: 'saw', tone: 'critical' })
    expect(scene.texts.at(-1)).toMatch(/^300 devices lost connection\. 700 are connected/)
    expect(scene.texts).toContain('Notifications are paused for 30 min')
  })

  it('the pause ends by itself, and what was missed is not told late', () => {
    const scene = Scene.watching()
    scene.dispatch({ type: 'notificationsPaused', until: scene.at + 30 * minute })
    scene.account.fleet = () => fleetOf(700, 1000)
    scene.run(40 * minute)
    expect(scene.notices).toEqual([])
    scene.account.fleet = () => fleetOf(1000)
    scene.run(5 * minute)
    expect(scene.notices.map(({ key }) => key.split(':')[0])).toEqual(['recovered'])
  })

  it('the pause can be ended', () => {
    const scene = Scene.watching()
    scene.dispatch({ type: 'notificationsPaused', until: scene.at + 30 * minute })
    scene.dispatch({ type: 'notificationsPaused', until: null })
    expect(scene.snapshot.notificationsPausedUntil).toBeNull()
    expect(scene.texts.at(-1)).toBe('Notifications are on again')
    scene.account.switch('on')
    scene.run(minute)
    expect(scene.notices).toHaveLength(1)
  })

  it('a pause from before the start goes on', () => {
    const scene = new Scene()
    scene.account.switch('on')
    scene.connect({ notificationsPausedUntil: noon + 30 * minute })
    scene.run(minute)
    expect(scene.notices).toEqual([])
    expect(scene.snapshot.notificationsPausedUntil).toBe(noon + 30 * minute)
  })
})

describe('a notice', () => {
  it('is told and written down', () => {
    const scene = Scene.watching()
    scene.account.switch('on')
    scene.run(minute)
    const [notice] = scene.notices
    const told = scene.activity.filter(({ kind }) => kind === 'told')
    expect(told).toMatchObject([{ tone: 'override', text: `${notice!.title}. ${notice!.body}` }])
  })

  it('fits: 80 characters the title, 300 the body and the line', () => {
    const scene = new Scene()
    scene.account.failing.all = {
      kind: 'forbidden',
      scope: 'Very Long Permission '.repeat(30),
      detail: 'x'.repeat(500),
    }
    scene.connect({}, { accountName: 'Long name '.repeat(50) })
    scene.run(3 * minute)
    expect(scene.notices.length).toBeGreaterThan(0)
    for (const { title, body } of scene.notices) {
      expect(title.length).toBeLessThanOrEqual(80)
      expect(body.length).toBeLessThanOrEqual(300)
    }
    for (const text of scene.texts) expect(text.length).toBeLessThanOrEqual(300)
    expect(scene.face.sentence.length).toBeLessThanOrEqual(90)
  })

  it('has words of a person in one line, without what could steer a terminal or a reader', () => {
    const scene = Scene.watching()
    const act = scene.confirm('disconnect', { reason: 'two\nlines\u001b[31m \u202eback' })
    scene.run(10_000)
    expect(scene.notices.at(-1)?.body).toMatch(/Reason: two lines \[31m {2}back$/)
    expect(scene.posts[0]?.request).toMatchObject({
      justification: `fleetlight/1 id=${act.id} revert=hand inc=- | two lines [31m  back`,
    })
    expect(connection.accountName).toBe('Example')
  })
})
