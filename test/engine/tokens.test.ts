import { describe, expect, it } from 'vitest'

import { day, hour, minute, noon, Scene, second } from './scene.ts'

/** A scene in which little happens: for days on end. */
function rare(): Scene {
  const scene = new Scene({ overridePollSeconds: 300, fleetPollSeconds: 600 })
  scene.heartbeatMs = 100 * second
  return scene
}
const endings = (scene: Scene) => scene.notices.filter(({ key }) => key.startsWith('token-ending'))

describe('a token that ends', () => {
  it('is told 14, 3 and 1 days before, each once', () => {
    const scene = rare()
    const end = noon + 16 * day
    scene.account.verdict = { ...scene.account.verdict, expiresOn: end }
    scene.connect({}, { expiresOn: { watch: end, act: null } })
    const told: number[] = []
    for (let hours = 0; hours < 17 * 24; hours++) {
      scene.run(hour)
      for (let count = told.length; count < endings(scene).length; count++) told.push((end - scene.at) / day)
    }
    expect(told.map(Math.ceil)).toEqual([14, 3, 1])
    expect(endings(scene)).toMatchObject([
      {
        key: `token-ending:watch:${String(end)}:14`,
        urgency: 'normal',
        title: 'The watch token of Example ends in less than 14 days',
        body: "After that nothing can be watched. Make a new token in Cloudflare's dashboard and replace it in Settings",
        opens: 'settings',
      },
      { key: `token-ending:watch:${String(end)}:3`, urgency: 'normal' },
      {
        key: `token-ending:watch:${String(end)}:1`,
        urgency: 'critical',
        title: 'The watch token of Example ends in less than a day',
      },
    ])
  })

  it('is told of both tokens', () => {
    const scene = new Scene()
    scene.account.verdict = { ...scene.account.verdict, expiresOn: noon + 10 * day }
    scene.connect({}, { expiresOn: { watch: noon + 10 * day, act: noon + 2 * day } })
    scene.run(minute)
    expect(endings(scene).map(({ title }) => title)).toEqual([
      'The watch token of Example ends in less than 14 days',
      'The act token of Example ends in less than 3 days',
    ])
    expect(endings(scene)[1]?.body).toMatch(/^After that nothing can be switched from here/)
  })

  it('is known by verifying, whatever was stored', () => {
    const scene = new Scene()
    scene.account.verdict = { ...scene.account.verdict, expiresOn: noon + 2 * day }
    scene.connect({}, { expiresOn: { watch: noon + 30 * day, act: null } })
    expect(endings(scene)).toEqual([])
    scene.run(minute)
    expect(endings(scene)).toHaveLength(1)
    expect(scene.snapshot.connection?.expiresOn.watch).toBe(noon + 2 * day)
  })

  it('was told before the last quit is not told again', () => {
    const end = noon + 10 * day
    const connectAt = (watchedUntil: number) => {
      const scene = new Scene()
      scene.account.verdict = { ...scene.account.verdict, expiresOn: end }
      scene.connect({ watchedUntil }, { expiresOn: { watch: end, act: null } })
      scene.run(minute)
      return endings(scene).length
    }
    expect(connectAt(end - 14 * day)).toBe(0)
    expect(connectAt(end - 14 * day - 1)).toBe(1)
  })

  it('that has ended is told by Cloudflare’s refusal, not by this', () => {
    const scene = new Scene()
    scene.account.verdict = { ...scene.account.verdict, expiresOn: noon }
    scene.connect({}, { expiresOn: { watch: noon, act: null } })
    scene.run(minute)
    expect(endings(scene)).toEqual([])
  })

  it('and was replaced by one that ends soon is told anew', () => {
    const scene = new Scene()
    scene.account.verdict = { ...scene.account.verdict, expiresOn: noon + 2 * day }
    scene.connect({}, { expiresOn: { watch: noon + 2 * day, act: null } })
    scene.run(minute)
    scene.account.verdict = { ...scene.account.verdict, expiresOn: noon + 10 * day }
    const { connection } = scene.state
    scene.dispatch({
      type: 'connectionChanged',
      connection: { ...connection!, expiresOn: { watch: noon + 10 * day, act: null } },
    })
    scene.run(minute)
    expect(endings(scene).map(({ key }) => key.split(':').at(-1))).toEqual(['3', '14'])
    expect(scene.texts).toContain('The tokens of Example were changed')
  })

  it('that does not end is told of never', () => {
    const scene = rare()
    scene.connect()
    scene.run(5 * day)
    expect(scene.notices).toEqual([])
  })
})
