import { draw } from '../../engine/schedule/random.ts'

/** A number in [0, 1), always the same for the same seed and salt: chance without any state. */
export function roll(seed: number, salt: number): number {
  return draw((seed + Math.imul(salt + 1, 0x9e3779b1)) >>> 0).value
}

/** The same as 32 bits, of which several small choices can be cut. */
export function rollBits(seed: number, salt: number): number {
  return Math.floor(roll(seed, salt) * 4_294_967_296)
}

/** The one of a list that a number in [0, 1) falls on, each as likely as its weight. */
export function pick<T extends { readonly weight: number }>(list: readonly T[], chance: number): T {
  let left = chance * list.reduce((sum, { weight }) => sum + weight, 0)
  for (const one of list) {
    left -= one.weight
    if (left < 0) return one
  }
  const last = list.at(-1)
  if (last === undefined) throw new RangeError('There is nothing to pick from')
  return last
}
