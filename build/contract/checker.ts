import { Ajv, type ValidateFunction } from 'ajv'
import addFormats from 'ajv-formats'

import { undocumentedFields } from './documented-fields.ts'
import type { ApiDocument, Operation } from './document.ts'
import { follow, isObject, type JsonObject } from './json.ts'
import { formatsOf, toJsonSchemas } from './json-schema.ts'
import { problemsOf, type Problem } from './problem.ts'

/** Where the document is known to be wrong or behind: what holds instead, and how that is known. */
export interface Amendment {
  /** The operations that it holds for, by name; every operation when absent. */
  readonly operations?: readonly string[]
  /** The place of the problem that it answers. */
  readonly at: string
  readonly schema: JsonObject
  readonly reason: string
}

/** A query as it stood in the address: every value a text, several under a name that was repeated. */
export type Query = readonly (readonly [name: string, value: string])[]

const documentId = 'openapi'
/** OpenAPI's date-time. The format that comes with the validator also takes `2023-07-16 15:00:00+00`. */
const rfc3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/i

/** Checks requests and replies of one document. */
export class Checker {
  readonly document: ApiDocument
  /** The amendments that something needed so far. */
  readonly met = new Set<Amendment>()
  /** Formats of the document that cannot be checked. */
  readonly unreadFormats: readonly string[]
  readonly #amendments: readonly Amendment[]
  readonly #bodies: Ajv
  /** Queries are text: this one reads numbers and flags out of it. */
  readonly #queries: Ajv
  readonly #validators = new Map<string | Amendment, ValidateFunction>()

  constructor(document: ApiDocument, amendments: readonly Amendment[] = []) {
    this.document = document
    this.#amendments = amendments
    const schemas = toJsonSchemas(document.root)
    this.#bodies = makeAjv(schemas, false)
    this.#queries = makeAjv(schemas, 'array')
    this.unreadFormats = [...formatsOf(schemas)].filter((format) => this.#bodies.formats[format] === undefined)
  }

  /** null: the document says nothing of a reply with this status. */
  reply(operation: Operation, status: number, body: unknown): readonly Problem[] | null {
    const keys = [String(status), `${String(status).slice(0, 1)}XX`, 'DEFAULT']
    const schema = keys.map((key) => operation.replies.get(key)).find((one) => one !== undefined)
    return schema === undefined ? null : this.#json(operation, schema, body, '')
  }

  /** The query of a request: names known, the required ones there, each value as its schema says. */
  query(operation: Operation, query: Query): readonly Problem[] {
    const validate = this.#cached(operation.name, () => this.#queries.compile(querySchema(operation)))
    const values = valuesOf(operation, query)
    const problems = validate(values) ? [] : problemsOf(validate.errors, 'query ')
    return this.#amend(operation, problems)
  }

  /** The body of a request; undefined when it had none. */
  body(operation: Operation, body: unknown): readonly Problem[] {
    if (operation.body === null) {
      return body === undefined ? [] : [{ at: 'body', what: 'is sent to an operation that takes none' }]
    }
    if (body !== undefined) return this.#json(operation, operation.body.schema, body, 'body')
    return operation.body.isRequired ? [{ at: 'body', what: 'is required and missing' }] : []
  }

  #json(operation: Operation, schema: string, value: unknown, at: string): readonly Problem[] {
    const validate = this.#cached(schema, () => this.#bodies.compile({ $ref: documentId + schema }))
    const problems = validate(value) ? [] : problemsOf(validate.errors, at)
    const node = follow(this.document.root, schema)
    const unknown = isObject(node) ? undocumentedFields(this.document.root, node, value, at) : []
    return this.#amend(operation, [...problems, ...unknown])
  }

  /** Without the problems that an amendment explains. */
  #amend(operation: Operation, problems: readonly Problem[]): readonly Problem[] {
    return problems.flatMap((problem) => {
      const amendment = this.#amendments.find(
        ({ at, operations }) => at === problem.at && (operations?.includes(operation.name) ?? true),
      )
      if (amendment === undefined) return problem
      this.met.add(amendment)
      const validate = this.#cached(amendment, () => this.#bodies.compile(amendment.schema))
      return validate(problem.value) ? [] : problemsOf(validate.errors, problem.at)
    })
  }

  #cached(key: string | Amendment, compile: () => ValidateFunction): ValidateFunction {
    const validate = this.#validators.get(key) ?? compile()
    this.#validators.set(key, validate)
    return validate
  }
}

function makeAjv(schemas: JsonObject, coerceTypes: false | 'array'): Ajv {
  // Not strict: an OpenAPI document holds more than schemas, and its limits may stand apart from their types.
  const ajv = new Ajv({ strict: false, allErrors: true, verbose: true, coerceTypes, logger: false })
  addFormats(ajv)
  ajv.addFormat('date-time', (text: string) => rfc3339.test(text) && !Number.isNaN(Date.parse(text)))
  ajv.addFormat('uint64', { type: 'number', validate: (value: number) => Number.isInteger(value) && value >= 0 })
  ajv.addSchema(schemas, documentId)
  return ajv
}

function querySchema({ query }: Operation): JsonObject {
  return {
    type: 'object',
    properties: Object.fromEntries(query.map(({ name, schema }) => [name, { $ref: documentId + schema }])),
    required: query.filter(({ isRequired }) => isRequired).map(({ name }) => name),
    additionalProperties: false,
  }
}

function valuesOf(operation: Operation, query: Query): Readonly<Record<string, string | readonly string[]>> {
  const names = [...new Set(query.map(([name]) => name))]
  return Object.fromEntries(
    names.map((name) => {
      const hasCommas = operation.query.some((one) => one.name === name && one.hasCommas)
      const all = query.flatMap(([one, value]) => (one !== name ? [] : hasCommas ? value.split(',') : [value]))
      return [name, all.length === 1 ? (all[0] ?? '') : all]
    }),
  )
}
