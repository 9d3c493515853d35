import { expect, test } from 'vitest'

import { NotificationQueue } from '../../main/desktop/notification-queue.ts'
import type { Notice } from '../../main/engine/events.ts'

const at = 1_800_000_000_000

function notice(key: string): Notice {
  return { key, urgency: 'normal', title: key, body: '', opens: 'overview' }
}

/** Keys of all that waits, in turn; empties the queue. */
function drain(queue: NotificationQueue, now = at): string[] {
  const keys: string[] = []
  for (let next = queue.next(now); next !== null; next = queue.next(now)) {
    keys.push(next.key)
    queue.take(next)
  }
  return keys
}

test('gives notices in the order in which they came', () => {
  const queue = new NotificationQueue()
  for (const key of ['a', 'b', 'c']) queue.add(notice(key), at)
  expect(drain(queue)).toEqual(['a', 'b', 'c'])
  expect(queue.next(at)).toBeNull()
})

test('gives a notice again until it is taken away', () => {
  const queue = new NotificationQueue()
  queue.add(notice('a'), at)
  expect([queue.next(at)?.key, queue.next(at)?.key]).toEqual(['a', 'a'])
})

test('tells one event once, whether it waits or was told long ago', () => {
  const queue = new NotificationQueue()
  queue.add(notice('a'), at)
  queue.add(notice('a'), at)
  expect(drain(queue)).toEqual(['a'])
  queue.add(notice('a'), at + 86_400_000)
  expect(drain(queue, at + 86_400_000)).toEqual([])
})

test('lets go of what has waited for more than half an hour', () => {
  const queue = new NotificationQueue()
  queue.add(notice('old'), at)
  queue.add(notice('new'), at + 1)
  expect(drain(queue, at + 30 * 60_000 + 1)).toEqual(['new'])
})

test('keeps the newest when too many wait, and stays bounded for ever', () => {
  const queue = new NotificationQueue()
  for (let number = 0; number < 2000; number++) queue.add(notice(String(number)), at)
  expect(drain(queue)).toEqual(Array.from({ length: 20 }, (_, index) => String(1980 + index)))
  queue.add(notice('0'), at) // so long ago that it is forgotten
  expect(drain(queue)).toEqual(['0'])
})
