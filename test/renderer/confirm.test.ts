import { fireEvent, render, screen, within } from '@testing-library/svelte'
import { expect, onTestFinished, test, vi } from 'vitest'

import type { ConfirmationPlan, ConfirmBridge, ConfirmCommandArgs } from '../../preload/confirm-contract.ts'
import type { Reply } from '../../preload/contract.ts'
import Confirm from '../../renderer/confirm/Confirm.svelte'
import { holdMs } from '../../renderer/confirm/hold.ts'
import { Confirmation } from '../../renderer/state/confirmation.svelte.ts'
import { answer, refuse } from './fixtures/fake-bridge.ts'
import { settle, textOf, type } from './fixtures/open-app.ts'
import { plan } from './fixtures/answers.ts'
import { plans } from './fixtures/plans.ts'
import { now } from './fixtures/snapshots.ts'

interface Sent {
  readonly acts: ConfirmCommandArgs<'act'>[]
  cancels: number
}

/** The confirmation window, opened and in focus for longer than it takes to count. */
async function openConfirm(
  shown: ConfirmationPlan | null,
  onAct: () => Reply<null> | Promise<never> = () => answer(null),
): Promise<Sent> {
  vi.useFakeTimers({
    toFake: ['Date', 'performance', 'setInterval', 'clearInterval', 'requestAnimationFrame', 'cancelAnimationFrame'],
    now,
  })
  const sent: Sent = { acts: [], cancels: 0 }
  const handlers: Record<string, (args: unknown) => unknown> = {
    plan: () => (shown === null ? refuse('Nothing is to be confirmed.') : answer(shown)),
    act: (args) => {
      sent.acts.push(args as ConfirmCommandArgs<'act'>)
      return onAct()
    },
    cancel: () => {
      sent.cancels++
      return answer(null)
    },
  }
  const bridge: ConfirmBridge = { invoke: async (command, args) => (await handlers[command]?.(args)) as never }
  const confirmation = new Confirmation(bridge)
  const undo = confirmation.start()
  onTestFinished(() => {
    undo()
    vi.useRealTimers()
  })
  render(Confirm, { props: { confirmation } })
  await fireEvent.focus(window)
  await pass(600)
  return sent
}

async function pass(ms: number): Promise<void> {
  await vi.advanceTimersByTimeAsync(ms)
  await settle()
}
const holdButton = () => screen.getByRole<HTMLButtonElement>('button', { name: /^Hold to/ })
const reason = () => screen.getByLabelText<HTMLInputElement>('Reason, goes to the audit log')

test('it says what will happen, to how many, and how old that knowledge is', async () => {
  await openConfirm(plan)
  expect(screen.getByRole('heading').textContent).toBe('Disconnect WARP on every device of Acme Corp?')
  expect(screen.getByText(/seconds to 10 minutes and stay down/)).toBeTruthy()
  const rows = within(screen.getByRole('table')).getAllByRole('row').map(textOf)
  expect(rows).toHaveLength(plan.consequences.length)
  expect(rows[0]).toMatch(/^up to 9,205\s?connected desktop clients drop windows 6,340/)
  expect(textOf(document.body)).toContain('The override is off, read 4 s ago. The figures below are 12 s old.')
  expect(holdButton().textContent).toContain('Hold to disconnect up to 9,205 devices')
})

test('what is not known is said to be not known', async () => {
  await openConfirm(plans.unknown)
  expect(textOf(document.body)).toContain('The override’s state is not known. The fleet has not been read')
  expect(textOf(holdButton())).toContain('Hold to disconnect the fleet')
})

test('Cancel is first in the order of the keyboard and has the focus; Escape cancels too', async () => {
  const sent = await openConfirm(plan)
  expect(document.activeElement?.textContent.trim()).toBe('Cancel')
  expect(screen.getAllByRole('button')[0]).toBe(document.activeElement)
  await fireEvent.keyDown(window, { key: 'Escape' })
  expect(sent).toEqual({ acts: [], cancels: 1 })
})

test('without a reason a press does nothing but lead to the reason', async () => {
  const sent = await openConfirm(plan)
  expect(holdButton().getAttribute('aria-disabled')).toBe('true')
  expect(screen.getByText('Write the reason first.')).toBeTruthy()
  await fireEvent.pointerDown(holdButton(), { button: 0 })
  await pass(3 * holdMs)
  expect(document.activeElement).toBe(reason())
  expect(sent.acts).toEqual([])
})

test('a reason of blanks is none', async () => {
  await openConfirm(plan)
  await type(reason(), '   ')
  expect(screen.getByText('Write the reason first.')).toBeTruthy()
})

test('a press held to its end acts once, with the nonce and the reason', async () => {
  const sent = await openConfirm(plan)
  await type(reason(), ' carrier outage ')
  await fireEvent.pointerDown(holdButton(), { button: 0 })
  await pass(holdMs + 50)
  await fireEvent.pointerUp(holdButton(), { button: 0 })
  await fireEvent.pointerDown(holdButton(), { button: 0 })
  await pass(2 * holdMs)
  expect(sent.acts).toEqual([{ nonce: plan.nonce, reason: 'carrier outage', typedAccount: '' }])
})

test.each([
  ['let go', () => fireEvent.pointerUp(holdButton())],
  ['left with the pointer', () => fireEvent.pointerLeave(holdButton())],
  ['interrupted by another window', () => fireEvent.blur(window)],
  ['interrupted by an empty reason', () => type(reason(), '')],
])('a press that is %s before its end does nothing', async (_, interrupt) => {
  const sent = await openConfirm(plans.disconnect)
  await fireEvent.pointerDown(holdButton(), { button: 0 })
  await pass(holdMs - 100)
  await interrupt()
  await pass(holdMs)
  expect(sent.acts).toEqual([])
})

test('a press that an empty reason ended can be begun again', async () => {
  const sent = await openConfirm(plans.disconnect)
  await fireEvent.pointerDown(holdButton(), { button: 0 })
  await pass(holdMs - 100)
  await type(reason(), '')
  await pass(holdMs)
  await type(reason(), 'carrier outage')
  await fireEvent.pointerDown(holdButton(), { button: 0 })
  await pass(holdMs + 50)
  expect(sent.acts).toHaveLength(1)
})

test('whatever the page does, an act is sent at most once', async () => {
  const invoke = vi.fn((command: string) => Promise.resolve(answer(command === 'plan' ? plans.disconnect : null)))
  const confirmation = new Confirmation({ invoke: invoke as unknown as ConfirmBridge['invoke'] })
  onTestFinished(confirmation.start())
  await settle()
  await Promise.all([confirmation.act(), confirmation.act()])
  await confirmation.act()
  expect(invoke.mock.calls.filter(([command]) => command === 'act')).toHaveLength(1)
})

test.each(['Enter', ' '])('the key "%s", held, does the same', async (key) => {
  const sent = await openConfirm(plans.disconnect)
  await fireEvent.keyDown(holdButton(), { key })
  await pass(holdMs / 2)
  await fireEvent.keyDown(holdButton(), { key, repeat: true })
  await pass(holdMs / 2 + 50)
  expect(sent.acts).toHaveLength(1)
})

test('a key that repeats from before the button had the focus does nothing', async () => {
  const sent = await openConfirm(plans.disconnect)
  await fireEvent.keyDown(holdButton(), { key: 'Enter', repeat: true })
  await pass(3 * holdMs)
  expect(sent.acts).toEqual([])
})

test('the right button of the mouse does nothing', async () => {
  const sent = await openConfirm(plans.disconnect)
  await fireEvent.pointerDown(holdButton(), { button: 2 })
  await pass(3 * holdMs)
  expect(sent.acts).toEqual([])
})

test('with several connections the account is typed, exactly', async () => {
  const sent = await openConfirm({ ...plans.typed, accountName: 'Acme Corp' })
  await type(reason(), 'carrier outage')
  const account = screen.getByLabelText('Type the account name, Acme Corp')
  await type(account, 'acme corp')
  await fireEvent.pointerDown(holdButton(), { button: 0 })
  await pass(2 * holdMs)
  expect(document.activeElement).toBe(account)
  expect(sent.acts).toEqual([])
  await type(account, 'Acme Corp')
  await fireEvent.pointerDown(holdButton(), { button: 0 })
  await pass(holdMs + 50)
  expect(sent.acts[0]?.typedAccount).toBe('Acme Corp')
})

test('old facts come forward', async () => {
  await openConfirm(plans.typed)
  expect(screen.getByText('The figures below are 4 min old.').tagName).toBe('B')
})

test('a demo carries its badge here too', async () => {
  await openConfirm(plans.typed)
  expect(screen.getByText('Demo')).toBeTruthy()
})

test('the way back names no count: those that vanished come back too', async () => {
  await openConfirm(plans.reconnect)
  expect(screen.getByRole('heading').textContent).toBe('Let the devices of Acme Corp reconnect?')
  expect(textOf(holdButton())).toContain('Hold to reconnect the fleet')
})

test('what cannot be sent at all has a reason and no button', async () => {
  const sent = await openConfirm(plans.refused)
  expect(screen.getByRole('alert').textContent).toContain('only observes')
  expect(screen.getAllByRole('button').map(textOf)).toEqual(['Close'])
  await fireEvent.click(screen.getByRole('button', { name: 'Close' }))
  expect(sent.cancels).toBe(1)
})

test('an act that main refused cannot be held again, and Close has the focus', async () => {
  await openConfirm(plans.disconnect, () => refuse('The ledger could not be written; nothing was sent.'))
  await fireEvent.pointerDown(holdButton(), { button: 0 })
  await pass(holdMs + 50)
  expect(screen.getByRole('alert').textContent).toContain('The ledger could not be written; nothing was sent.')
  expect(screen.queryByRole('button', { name: /^Hold to/ })).toBeNull()
  expect(document.activeElement?.textContent.trim()).toBe('Close')
})

test('while it is on its way nothing can be changed', async () => {
  await openConfirm(plans.disconnect, () => new Promise<never>(() => undefined))
  await fireEvent.pointerDown(holdButton(), { button: 0 })
  await pass(holdMs + 50)
  expect(screen.getByText('Writing it down, then sending it once…')).toBeTruthy()
  expect(holdButton().disabled).toBe(true)
  expect(reason().disabled).toBe(true)
})

test('a plan that could not be had says so', async () => {
  await openConfirm(null)
  expect(screen.getByRole('heading').textContent).toBe('What would happen could not be read')
  expect(screen.getByRole('alert').textContent).toContain('Nothing is to be confirmed.')
})
