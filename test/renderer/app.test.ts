import { fireEvent, screen, within } from '@testing-library/svelte'
import { expect, test } from 'vitest'

import { refuse } from './fixtures/fake-bridge.ts'
import { go, openApp, pass, press, rail, settle, textOf } from './fixtures/open-app.ts'
import { situations } from './fixtures/situations.ts'
import { connection, now, second, viewOf, well } from './fixtures/snapshots.ts'

const said = (role: 'status' | 'alert') => screen.getAllByRole(role).map(textOf).filter(Boolean)

test('a face is announced once, when it changes, and an urgent one interrupts', async () => {
  const bridge = await openApp()
  expect(said('status')).toContain('9,412 devices are connected, as expected')

  bridge.push(viewOf({ face: { ...well.face, sentence: '9,398 devices are connected, as expected' } }))
  await settle()
  expect(said('status')).toContain('9,412 devices are connected, as expected')

  bridge.push(situations.outage.view)
  await settle()
  expect(said('alert')).toContain('2,614 devices lost connection since 03:06')
  expect(said('status').join()).not.toContain('devices are connected')
})

test('the window says when main no longer answers, and nothing in it looks fresh then', async () => {
  let isAnswering = true
  const bridge = await openApp(
    {},
    { view: () => (isAnswering ? { ok: true, value: viewOf() } : new Promise<never>(() => undefined)) },
  )
  isAnswering = false
  await pass(35 * second)
  expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('This window has lost touch with Fleetlight')
  expect(screen.getAllByText('47 s old').length).toBeGreaterThan(4)

  bridge.push(viewOf())
  await settle()
  expect(screen.getByRole('heading', { level: 1 }).textContent).toBe(well.face.sentence)
})

test('a main that is only slow is asked again and believed', async () => {
  let answers = 0
  await openApp(
    {},
    { view: () => (++answers === 2 ? new Promise<never>(() => undefined) : { ok: true, value: viewOf() }) },
  )
  await pass(60 * second)
  expect(screen.getByRole('heading', { level: 1 }).textContent).toBe(well.face.sentence)
})

test('Ctrl and a number go to a view, and the content has the focus', async () => {
  await openApp()
  await fireEvent.keyDown(window, { key: '2', ctrlKey: true })
  await settle()
  expect(
    within(rail())
      .getByRole('button', { name: /^Override/ })
      .getAttribute('aria-current'),
  ).toBe('page')
  expect(document.activeElement?.id).toBe('content')
})

test('the arrow keys move along the rail', async () => {
  await openApp()
  const overview = within(rail()).getByRole('button', { name: 'Overview' })
  overview.focus()
  await fireEvent.keyDown(overview, { key: 'ArrowUp' })
  expect(document.activeElement?.textContent.trim()).toBe('About')
})

test('main can ask for a view', async () => {
  const bridge = await openApp()
  bridge.navigate('activity')
  await settle()
  expect(within(rail()).getByRole('button', { name: 'Activity' }).getAttribute('aria-current')).toBe('page')
})

test('without a connection only what leads somewhere is offered', async () => {
  await openApp(situations.signedOut)
  expect(within(rail()).getAllByRole('button').map(textOf)).toEqual(['Connect', 'Settings', 'About'])
  expect(screen.getByLabelText('API token')).toBeTruthy()
})

test('a demo account carries its badge in every view and in the title', async () => {
  await openApp(situations.demoObserver)
  for (const view of ['Overview', 'Override', 'Activity', 'Settings', 'About']) {
    await go(view)
    expect(screen.getAllByText('Demo').length, view).toBeGreaterThan(0)
  }
  expect(document.title).toContain('(demo)')
})

test('what no notification could tell is told in the window, until it is put away', async () => {
  await openApp(situations.demoObserver)
  const text = 'Told you: 2,614 devices lost connection since 03:06'
  const banner = screen.getByText(text).parentElement!
  await press(within(banner).getByRole('button', { name: 'Dismiss' }))
  expect(screen.queryByText(text)).toBeNull()
})

test('a desktop without a tray is named for as long as it is so', async () => {
  const bridge = await openApp({ view: viewOf({}, { tray: 'noHost' }) })
  expect(screen.getByText(/This desktop shows no tray icon/)).toBeTruthy()
  bridge.push(viewOf())
  await settle()
  expect(screen.queryByText(/This desktop shows no tray icon/)).toBeNull()
})

test('a command that failed says why, until the person goes on', async () => {
  await openApp({}, { openConfirmation: () => refuse('Another confirmation is open already.') })
  await press(screen.getByRole('button', { name: 'Emergency disconnect…' }))
  expect(screen.getByText('Another confirmation is open already.')).toBeTruthy()
  await go('Activity')
  expect(screen.queryByText('Another confirmation is open already.')).toBeNull()
})

test('a pause of notifications is shown and ended', async () => {
  const bridge = await openApp(situations.offline)
  await press(screen.getByRole('button', { name: 'Resume now' }))
  expect(bridge.argsOf('pauseNotifications')).toEqual([{ until: null }])
})

test('a token that ends soon is named beside the account', async () => {
  const expiresOn = { watch: now + 3 * 24 * 3_600_000, act: null }
  await openApp({ view: viewOf({ connection: { ...connection, expiresOn } }) })
  expect(screen.getByText('Token ends in 3 d')).toBeTruthy()
})

test('the chosen theme is set on the page, and the system one is not', async () => {
  const bridge = await openApp({ view: viewOf({}, { theme: 'light' }) })
  expect(document.documentElement.dataset.theme).toBe('light')
  bridge.push(viewOf())
  await settle()
  expect(document.documentElement.dataset.theme).toBeUndefined()
})

test('a blocked token says until when', async () => {
  await openApp(situations.longNames)
  expect(screen.getByText(/^Blocked until \d\d:\d5:10$/)).toBeTruthy()
})
