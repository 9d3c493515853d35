import { expect } from 'vitest'

/** Stands for any text that has these words in it. */
export const containing = (words: string): string => expect.stringContaining(words) as string

/** Stands for any text of this shape. */
export const matching = (shape: RegExp): string => expect.stringMatching(shape) as string
