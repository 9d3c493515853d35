import { switchFacts, type Switches } from '../../../main/demo/switches.ts'

type Name = keyof Switches

const names = Object.keys(switchFacts) as Name[]

/** Every open question at one of its values, counted from 0, the plain one; where there are fewer, at its last. */
export function everySwitchAt(index: number): Partial<Switches> {
  return Object.fromEntries(
    names.map((name) => [name, switchFacts[name].values[index] ?? switchFacts[name].values.at(-1)]),
  )
}

/**
 * What FLEETLIGHT_SWITCHES names, to run any end-to-end test as if Cloudflare answered an open question otherwise:
 * `FLEETLIGHT_SWITCHES='statusCase=capitalised,rateLimitCode=971' npm run test:e2e -- override`. `all=N` stands for every
 * switch at its Nth value, the plain one being the first. Throws on a name or a value that there is not.
 */
export function readSwitches(text = ''): Partial<Switches> {
  const pairs = text.split(',').filter((pair) => pair.trim() !== '')
  return Object.assign({}, ...pairs.map(readPair)) as Partial<Switches>
}

function readPair(pair: string): Partial<Switches> {
  const [name = '', text = ''] = pair.split('=').map((part) => part.trim())
  if (name === 'all' && /^[1-9]$/.test(text)) return everySwitchAt(Number(text) - 1)
  const known = names.find((one) => one === name)
  if (known === undefined) throw new Error(`No switch "${name}". There are: ${names.join(', ')}`)
  const { values } = switchFacts[known]
  const value = values.find((one: unknown) => String(one) === text)
  if (value === undefined) throw new Error(`No "${text}" of ${name}. There are: ${values.join(', ')}`)
  return { [known]: value }
}
