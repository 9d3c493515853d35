import { spawn } from 'node:child_process'

/**
 * Runs a command to its end and collects what it prints.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, signal?: AbortSignal }} [options]
 * @returns {Promise<{ status: number | null, output: string }>} status null: it could not be started, or was ended
 */
export function run(command, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (/** @type {Buffer} */ chunk) => {
        output = (output + chunk.toString()).slice(-20_000)
      })
    }
    child.on('error', (error) => {
      resolve({ status: null, output: output + String(error) })
    })
    child.on('close', (status) => {
      resolve({ status, output })
    })
  })
}

/**
 * The last lines of an output, for an error message, without the stacks and notices of npm.
 * @param {string} output
 */
export function tail(output) {
  const lines = output.trim().split('\n')
  return lines
    .filter((line) => !/^npm (notice|error( {2}.*| }|)$)/.test(line))
    .slice(-12)
    .join('\n')
}
