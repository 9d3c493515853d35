import { expect, test } from 'vitest'

import { UndoStack } from '../../main/desktop/undo-stack.ts'

function start() {
  const done: string[] = []
  const logged: (string | undefined)[] = []
  const undo = new UndoStack((event, fields) => logged.push(event, fields.step ?? fields.left))
  return { undo, done, logged }
}

test('what was set up last is taken down first, one after the other', async () => {
  const { undo, done } = start()
  for (const name of ['store', 'app', 'windows']) {
    undo.add(name, async () => {
      done.push(`${name} begins`)
      await Promise.resolve()
      done.push(`${name} ends`)
    })
  }
  await undo.unwind(1000)
  const steps = ['windows', 'app', 'store'].flatMap((name) => [`${name} begins`, `${name} ends`])
  expect(done).toEqual(steps)
})

test('a step that fails is logged and the others follow', async () => {
  const { undo, done, logged } = start()
  undo.add('store', () => void done.push('store'))
  undo.add('app', () => {
    throw new Error('broken')
  })
  undo.add('tray', () => Promise.reject(new Error('broken')))
  await undo.unwind(1000)
  expect(done).toEqual(['store'])
  expect(logged).toEqual(['taking down failed', 'tray', 'taking down failed', 'app'])
})

test('a step that hangs does not hold the rest of the machine: it ends at the bound and says what is left', async () => {
  const { undo, done, logged } = start()
  undo.add('store', () => void done.push('store'))
  undo.add('keychain', () => new Promise(() => undefined))
  await undo.unwind(20)
  expect(done).toEqual([])
  expect(logged).toEqual(['taking down took too long', 'store, keychain'])
})

test('what is set up after the end is taken down at once', async () => {
  const { undo, done } = start()
  await undo.unwind(1000)
  undo.add('late', () => void done.push('late'))
  expect(done).toEqual(['late'])
})
