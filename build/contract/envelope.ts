import { Ajv } from 'ajv'

import { problemsOf, type Problem } from './problem.ts'

const message = {
  type: 'object',
  required: ['message'],
  properties: { code: { type: 'integer' }, message: { type: 'string' } },
}
const messages = { type: 'array', items: message }
const validate = new Ajv({ strict: false, allErrors: true, verbose: true }).compile({
  type: 'object',
  required: ['success', 'errors'],
  properties: { success: { type: 'boolean' }, errors: messages, messages },
  if: { properties: { success: { const: true } } },
  then: { required: ['result'] },
  else: { properties: { errors: { minItems: 1 } } },
})

/**
 * The wrapping that all of Cloudflare's replies share. `code` may be absent (Cloudflare's MCP products) and so may
 * `messages` (audit log v2).
 */
export function checkEnvelope(status: number, body: unknown): readonly Problem[] {
  if (!validate(body)) return problemsOf(validate.errors, '')
  const { success } = body as { readonly success: boolean }
  const isGood = status < 400
  return success === isGood ? [] : [{ at: 'success', what: `does not go with status ${status}`, value: success }]
}
