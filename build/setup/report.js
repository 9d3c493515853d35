/** Set-up cannot go on; the message says what was tried and what to do. */
export class SetupError extends Error {}

/**
 * @typedef {object} Reporter
 * @property {(text: string) => void} doing  work that takes time begins
 * @property {(text: string) => void} fact   something already so; left out when quiet
 */

/**
 * @param {{ quiet: boolean }} options
 * @returns {Reporter}
 */
export function makeReporter({ quiet }) {
  const startedAt = Date.now()
  /** @param {string} text */
  const print = (text) => {
    process.stderr.write(`[set-up ${((Date.now() - startedAt) / 1000).toFixed(1).padStart(5)} s] ${text}\n`)
  }
  return {
    doing: print,
    fact: (text) => {
      if (!quiet) print(text)
    },
  }
}
