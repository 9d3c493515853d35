/** Set-up cannot go on; the message says what was tried and what to do. */
export class SetupError extends Error {}

/**
 * @typedef {object} Reporter
 * @property {(text: string) => void} doing  something was done, or begins
 * @property {(text: string) => void} fact   something is so already; left out when quiet
 * @property {<T>(text: string, work: () => Promise<T>) => Promise<T>} during  work that takes time; says that it goes on
 */

/** How often work that takes time says that it goes on. */
const heartbeatMs = 15_000

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
    during: async (text, work) => {
      print(text)
      const heartbeat = setInterval(print, heartbeatMs, `... ${text}`)
      try {
        return await work()
      } finally {
        clearInterval(heartbeat)
      }
    },
  }
}
