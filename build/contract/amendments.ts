import type { Amendment } from './checker.ts'

const audit = ['GET /accounts/{account_id}/logs/audit']
const dateOrTime = { anyOf: [{ format: 'date' }, { format: 'date-time' }] }
const dateOrTimeReason =
  'The document says format "date", and beside it in words "a date string or an absolute timestamp that conforms to RFC 3339".'

const envelopeReason =
  "The document gives this operation's errors a message and nothing else; in the envelope of all others they have more."

/** Where Cloudflare's OpenAPI document of July 2026 is known to be wrong or behind, and how that is known. */
export const amendments: readonly Amendment[] = [
  { operations: audit, at: 'query since', schema: dateOrTime, reason: dateOrTimeReason },
  { operations: audit, at: 'query before', schema: dateOrTime, reason: dateOrTimeReason },
  { operations: audit, at: 'errors[].code', schema: { type: 'integer', minimum: 1000 }, reason: envelopeReason },
  {
    operations: audit,
    at: 'errors[].source',
    schema: { type: 'object', required: ['pointer'], properties: { pointer: { type: 'string' } } },
    reason: envelopeReason,
  },
  {
    at: 'errors[].error_chain',
    schema: { type: 'array', items: { type: 'object', required: ['code', 'message'] } },
    reason: 'Reports of errors 6003 (and 6111 within it) show it; the document does not name it anywhere.',
  },
  { operations: audit, at: 'result', schema: { type: 'null' }, reason: envelopeReason },
  {
    operations: ['GET /accounts'],
    at: 'result_info.total_pages',
    schema: { type: 'integer', minimum: 0 },
    reason: 'The document has it for fleet-status/devices; that other lists by page send it too is assumed.',
  },
]
