import { z } from 'zod'

import { actorOf, noteRefusedSwitch, switchOverride } from '../account/switching.ts'
import type { SwitchRequest } from '../account/switching.ts'
import { operation } from '../wire/operation.ts'
import type { Asked } from '../wire/operation.ts'
import { succeed } from '../wire/reply.ts'

const path = '/accounts/{account_id}/devices/resilience/disconnect'
const noQuery = z.strictObject({})

/** Reading the Global WARP override. */
export const readOverride = operation({
  id: 'devices-resilience-retrieve-global-warp-override',
  method: 'GET',
  path,
  area: 'product',
  groups: ['Zero Trust Resilience Read', 'Zero Trust Resilience Write', 'Zero Trust Read', 'Zero Trust Write'],
  query: noQuery,
  examples: () => [{ query: {} }],
  answer: ({ account }) => succeed(account.override.toResult()),
})

const switchSchema = z.strictObject({ disconnect: z.boolean(), justification: z.string().optional() })

/**
 * Setting the override, both ways. The schema has an optional justification that the API reference lacks; it is to surface
 * in the audit log. No limit of its length is documented.
 */
export const setOverride = operation({
  id: 'devices-resilience-set-global-warp-override',
  method: 'POST',
  path,
  area: 'product',
  groups: ['Zero Trust Resilience Write'],
  query: noQuery,
  body: switchSchema,
  examples: () => [
    { as: 'act', query: {}, body: { disconnect: true, justification: 'Contract check' } },
    { as: 'act', query: {}, body: { disconnect: false } },
  ],
  answer: (asked) => {
    switchOverride(asked.account, toSwitch(asked))
    return succeed(asked.account.override.toResult())
  },
  refused: (asked) => {
    noteRefusedSwitch(asked.account, toSwitch(asked))
  },
})

function toSwitch({ account, token, body, userAgent }: Asked<unknown, z.output<typeof switchSchema>>): SwitchRequest {
  return {
    actor: actorOf(token, account),
    isOn: body.disconnect,
    justification: body.justification ?? null,
    userAgent,
  }
}
