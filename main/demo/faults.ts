import type { DemoTokenRole } from './account/tokens.ts'

/** Answers that are well-formed HTTP and yet not what they should be. */
export const shapes = [
  'html',
  'empty',
  'truncated',
  'bare',
  'nullResult',
  'noResult',
  'noSuccess',
  'falseWith200',
  'wrongTypes',
  'badItems',
  'newFields',
  'nullGroups',
  'tooLong',
] as const
export type Shape = (typeof shapes)[number]

/** Which requests meet a fault; without any of it all of them do, until it is taken back. */
interface Selection {
  readonly method?: 'GET' | 'POST' | undefined
  /** By their ids. */
  readonly operations?: readonly string[] | undefined
  /** Only so many requests. */
  readonly times?: number | undefined
}

/** What can be made to go wrong with a request. */
export type RequestFault = Selection &
  /** The connection is cut before anything is carried out. */
  (
    | { readonly kind: 'cut' }
    /** The request is carried out, then the connection is cut. */
    | { readonly kind: 'lostReply' }
    /** It is carried out; the headers and half of the body come, then nothing. */
    | { readonly kind: 'hang' }
    /** The answer comes so many milliseconds later. */
    | { readonly kind: 'slow'; readonly ms: number }
    | { readonly kind: 'serverError'; readonly status: number }
    /** 429; null: without a Retry-After. */
    | { readonly kind: 'rateLimited'; readonly retryAfterSeconds: number | null }
    /** Tokens of a role, or all of them, lack the permission. */
    | { readonly kind: 'forbidden'; readonly role?: DemoTokenRole | undefined }
    | { readonly kind: 'redirect'; readonly to: string }
    | { readonly kind: 'shape'; readonly shape: Shape }
  )

/** What can be made to go wrong on the wire. Refused: nothing listens, whatever is asked. */
export type Fault = { readonly kind: 'refused' } | RequestFault
