import { fireEvent, screen, within } from '@testing-library/svelte'
import { expect, test } from 'vitest'

import type { CheckReport } from '../../preload/contract-types.ts'
import { goodReport, refusedReport } from './fixtures/answers.ts'
import { answer, refuse, type Answers, type FakeBridge } from './fixtures/fake-bridge.ts'
import { go, openApp, press, settle, type } from './fixtures/open-app.ts'
import { situations } from './fixtures/situations.ts'
import { connection } from './fixtures/snapshots.ts'

const open = (report: CheckReport, more: Partial<Answers> = {}): Promise<FakeBridge> =>
  openApp({ view: situations.signedOut.view }, { checkToken: () => answer(report), ...more })

async function check(): Promise<void> {
  await type(screen.getByLabelText('API token'), ' secret ')
  await press(screen.getByRole('button', { name: 'Check token' }))
}
const start = () => screen.getByRole<HTMLButtonElement>('button', { name: 'Start watching' })
const missing = () => document.getElementById(start().getAttribute('aria-describedby') ?? '')?.textContent.trim()

test('nothing can be started before the token was checked, and the window says so', async () => {
  await open(goodReport)
  expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Check token' }).disabled).toBe(true)
  expect(missing()).toBe('Enter a token first.')
  await type(screen.getByLabelText('API token'), 'secret')
  expect(start().disabled).toBe(true)
  expect(missing()).toBe('Check the token first.')
})

test('a check tells what the token can do, what is missing and which group that needs', async () => {
  const bridge = await open(goodReport)
  await check()
  expect(bridge.argsOf('checkToken')).toEqual([{ token: 'secret', account: null }])
  const report = within(screen.getByRole('region', { name: 'What this token can do' }))
  expect(report.getByText(/An account’s token for Acme Corp; it ends on .*, in 13 d/)).toBeTruthy()
  expect(report.getAllByRole('img', { name: 'Yes' })).toHaveLength(4)
  const lacking = report.getByRole('img', { name: 'No' }).parentElement!
  expect(lacking.textContent).toContain('Needs Account Settings Read')
  expect(report.getByText(/known only by acting/)).toBeTruthy()
})

test('an observer is started with the watch token alone, which the form forgets', async () => {
  const bridge = await open(goodReport)
  await check()
  await press(start())
  expect(bridge.argsOf('startWatching')).toEqual([
    { token: 'secret', account: connection.accountId, actToken: null, actsWithWatchToken: false, holdInMemory: false },
  ])
  await settle()
  expect(screen.getByLabelText<HTMLInputElement>('API token').value).toBe('')
})

test('a separate act token is asked for before it can start', async () => {
  const bridge = await open(goodReport)
  await check()
  await fireEvent.click(screen.getByLabelText('A separate act token'))
  await settle()
  expect(missing()).toBe('Enter the act token, or choose to observe.')
  await type(screen.getByLabelText('Act token'), 'sharp')
  await press(start())
  expect(bridge.argsOf('startWatching')[0]).toMatchObject({ actToken: 'sharp', actsWithWatchToken: false })
})

test('one token for both is offered as the weaker choice', async () => {
  const bridge = await open(goodReport)
  await check()
  await fireEvent.click(screen.getByLabelText('Use the same token, which is weaker'))
  await press(start())
  expect(bridge.argsOf('startWatching')[0]).toMatchObject({ actToken: null, actsWithWatchToken: true })
})

test('a token that cannot read the minimum is refused with the reason', async () => {
  await open(refusedReport)
  await check()
  expect(screen.getByText(/^This token cannot be watched with/).closest('[role=alert]')).toBeTruthy()
  expect(start().disabled).toBe(true)
  expect(screen.queryByLabelText('A separate act token')).toBeNull()
})

test('what was checked is no longer said of a token that was changed since', async () => {
  await open(goodReport)
  await check()
  await type(screen.getByLabelText('API token'), 'other')
  expect(screen.queryByRole('region', { name: 'What this token can do' })).toBeNull()
  expect(start().disabled).toBe(true)
})

test('accounts are listed where the token may list them, and the chosen one is probed', async () => {
  const accounts = [
    { id: 'a'.repeat(32), name: 'Acme Corp' },
    { id: 'b'.repeat(32), name: 'Acme Labs' },
  ]
  const bridge = await open(goodReport, {
    checkToken: ({ account }) =>
      answer({ ...goodReport, accounts, account: accounts.find(({ id }) => id === account) ?? null }),
  })
  await check()
  expect(missing()).toBe('Choose an account first.')
  await fireEvent.change(screen.getByLabelText('Account'), { target: { value: accounts[1]!.id } })
  await settle()
  expect(bridge.argsOf('checkToken')[1]).toEqual({ token: 'secret', account: accounts[1]!.id })
  expect(screen.getByText(/for Acme Labs/)).toBeTruthy()
  expect(start().disabled).toBe(false)
})

test('a token that lists no account asks for the id to be typed', async () => {
  await open({ ...goodReport, account: null, capabilities: [] })
  await check()
  expect(screen.getByText(/This token cannot list accounts: type the account's id/)).toBeTruthy()
  expect(start().disabled).toBe(true)
})

test('a check that failed says why and can be made again', async () => {
  const bridge = await open(goodReport, {
    checkToken: () => refuse('Cloudflare could not be reached. Check the network.'),
  })
  await check()
  expect(screen.getByRole('button', { name: 'Check token' })).toBeTruthy()
  expect(screen.getByText('Cloudflare could not be reached. Check the network.')).toBeTruthy()
  await press(screen.getByRole('button', { name: 'Check token' }))
  expect(bridge.argsOf('checkToken')).toHaveLength(2)
})

test('without a keychain the token is held in memory only when the person agrees', async () => {
  const bridge = await open(goodReport, {
    startWatching: ({ holdInMemory }) =>
      holdInMemory ? answer({ connection: 'acme' }) : refuse('This machine offers no keychain.', 'keychain'),
  })
  await check()
  await press(start())
  expect(screen.getByText('This machine offers no keychain.').closest('[role=alert]')).toBeTruthy()
  await press(screen.getByRole('button', { name: 'Hold the token in memory until I quit' }))
  expect(bridge.argsOf('startWatching').map(({ holdInMemory }) => holdInMemory)).toEqual([false, true])
})

test('a second press while the first is under way asks nothing', async () => {
  const bridge = await open(goodReport, { tryDemo: () => new Promise<never>(() => undefined) })
  await press(screen.getByRole('button', { name: 'Try it on a demo fleet' }))
  await press(screen.getByRole('button', { name: 'Starting the demo fleet…' }))
  expect(bridge.argsOf('tryDemo')).toHaveLength(1)
})

test('another connection can be added, or left be', async () => {
  await openApp()
  await go('Settings')
  await press(screen.getByRole('button', { name: 'Add a connection…' }))
  expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('Watch another account')
  await press(screen.getByRole('button', { name: 'Cancel' }))
  expect(screen.queryByLabelText('API token')).toBeNull()
})
