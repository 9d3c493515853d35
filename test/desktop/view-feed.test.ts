import { expect, test, vi } from 'vitest'

import { maxPushedBytes, ViewFeed } from '../../main/desktop/view-feed.ts'
import type { AppView } from '../../preload/contract.ts'

/** A view as far as it matters here: when it was taken, what it says. */
function makeView(at: number, sentence: string): AppView {
  return { snapshot: { at, face: { sentence } }, shell: {} } as unknown as AppView
}

function start() {
  const push = vi.fn()
  const onTooLarge = vi.fn()
  return { feed: new ViewFeed(push, onTooLarge), push, onTooLarge }
}

test('only what differs in more than its moment is pushed', () => {
  const { feed, push } = start()
  feed.offer(makeView(1, 'well'))
  feed.offer(makeView(2, 'well'))
  expect(push).toHaveBeenCalledExactlyOnceWith(makeView(1, 'well'))
  feed.offer(makeView(3, 'critical'))
  expect(push).toHaveBeenLastCalledWith(makeView(3, 'critical'))
})

test('a page that was loaded anew is told again', () => {
  const { feed, push } = start()
  feed.offer(makeView(1, 'well'))
  feed.forget()
  feed.offer(makeView(2, 'well'))
  expect(push).toHaveBeenCalledTimes(2)
})

test('what is over the limit is not pushed but reported, once', () => {
  const { feed, push, onTooLarge } = start()
  const large = 'x'.repeat(maxPushedBytes)
  feed.offer(makeView(1, large))
  feed.offer(makeView(2, large))
  expect(push).not.toHaveBeenCalled()
  expect(onTooLarge).toHaveBeenCalledOnce()
})
