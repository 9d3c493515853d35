import { screen, within } from '@testing-library/svelte'
import { expect, test } from 'vitest'

import { go, openApp, rail, textOf } from './fixtures/open-app.ts'
import { situations, type SituationName } from './fixtures/situations.ts'

const names = Object.keys(situations) as SituationName[]

test.each(names)('%s: every view opens with one sentence, and each control has a name', async (name) => {
  await openApp(situations[name])
  for (const view of within(rail())
    .getAllByRole('button')
    .map((button) => textOf(button).split(' ')[0] ?? '')) {
    await go(view)
    const sentences = screen.getAllByRole('heading', { level: 1 })
    expect(sentences, view).toHaveLength(1)
    expect(textOf(sentences[0]!), view).not.toBe('')
    const controls = document.querySelectorAll('button, input, select')
    const nameless = [...controls].filter(
      (control) => textOf(control) === '' && control.querySelector('[aria-label]') === null && !hasLabel(control),
    )
    expect(nameless.map(({ outerHTML }) => outerHTML)).toEqual([])
    expect(textOf(document.body), view).not.toMatch(/undefined|NaN|null|Infinity|Invalid Date/)
  }
})

function hasLabel(control: Element): boolean {
  return control instanceof HTMLInputElement || control instanceof HTMLSelectElement
    ? (control.labels?.length ?? 0) > 0
    : false
}
