import { once } from 'node:events'
import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

import { z } from 'zod'

import { limitOwner, makeSecret, tokenRoles } from './account/tokens.ts'
import { dashboardSwitch, switchOverride } from './account/switching.ts'
import { person } from './account/people.ts'
import { shapes } from './faults.ts'
import { countTruly } from './fleet/fleet.ts'
import { troubleKinds } from './scenarios.ts'
import type { DemoServer } from './server.ts'
import { readIncoming } from './wire/incoming.ts'

const onlySome = {
  method: z.enum(['GET', 'POST']).optional(),
  operations: z.array(z.string()).readonly().optional(),
  times: z.int().positive().optional(),
}
const faultSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('refused') }),
  z.strictObject({ kind: z.literal('cut'), ...onlySome }),
  z.strictObject({ kind: z.literal('lostReply'), ...onlySome }),
  z.strictObject({ kind: z.literal('hang'), ...onlySome }),
  z.strictObject({ kind: z.literal('slow'), ms: z.number().positive(), ...onlySome }),
  z.strictObject({ kind: z.literal('serverError'), status: z.int().min(500).max(599), ...onlySome }),
  z.strictObject({ kind: z.literal('rateLimited'), retryAfterSeconds: z.int().nonnegative().nullable(), ...onlySome }),
  z.strictObject({ kind: z.literal('forbidden'), role: z.enum(tokenRoles).optional(), ...onlySome }),
  z.strictObject({ kind: z.literal('redirect'), to: z.string(), ...onlySome }),
  z.strictObject({ kind: z.literal('shape'), shape: z.enum(shapes), ...onlySome }),
])

/** What a test can have done to a demo account. */
const commandSchema = z.discriminatedUnion('do', [
  /** Lives through so many milliseconds in an instant. */
  z.strictObject({ do: z.literal('advance'), ms: z.number().nonnegative() }),
  z.strictObject({ do: z.literal('setFault'), fault: faultSchema.nullable() }),
  /** Begins a trouble now. It lasts as long as its scenario has it. */
  z.strictObject({ do: z.literal('beginTrouble'), kind: z.enum(troubleKinds) }),
  /** Ends every trouble. */
  z.strictObject({ do: z.literal('endTroubles') }),
  /** DEX loses sight of every device, or sees them again. */
  z.strictObject({ do: z.literal('hideFleet'), isHidden: z.boolean() }),
  /** Somebody else switches the override at the dashboard. */
  z.strictObject({
    do: z.literal('switchOverride'),
    isOn: z.boolean(),
    who: z.string().nullable(),
    justification: z.string().nullable(),
  }),
  /** Others use up so much of the limit of a token's owner. */
  z.strictObject({ do: z.literal('useUpLimit'), role: z.enum(tokenRoles), requests: z.int().positive() }),
  z.strictObject({ do: z.literal('countTruly') }),
  z.strictObject({ do: z.literal('requests') }),
])
export type Command = z.input<typeof commandSchema>

/** The way in for tests: an address and a token of its own. The app has no part in it, and no build contains it. */
export interface Control {
  readonly url: string
  readonly token: string
  close(): Promise<void>
}

/** Opens a way in to a running demo account, on a port of its own: it works while the account refuses connections. */
export async function openControl(demo: DemoServer): Promise<Control> {
  const token = makeSecret()
  const server = createServer((request, response) => {
    handle(demo, token, request, response).catch(() => response.destroy())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/control`,
    token,
    async close() {
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
}

async function handle(demo: DemoServer, token: string, request: IncomingMessage, response: ServerResponse) {
  const send = (status: number, body: unknown) => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  }
  if (request.headers.authorization !== `Bearer ${token}`) {
    send(403, { error: 'Not the token of this control' })
    return
  }
  const incoming = await readIncoming(request)
  const command = commandSchema.safeParse(incoming?.body)
  if (incoming?.method !== 'POST' || incoming.path !== '/control' || !command.success) {
    send(400, { error: command.error?.message ?? 'POST a command to /control' })
    return
  }
  send(200, { value: await run(demo, command.data) })
}

async function run(demo: DemoServer, command: z.output<typeof commandSchema>): Promise<unknown> {
  const { account } = demo
  switch (command.do) {
    case 'advance':
      account.clock.skip(command.ms)
      return null
    case 'setFault':
      await demo.setFault(command.fault)
      return null
    case 'beginTrouble':
      account.begin(command.kind)
      return null
    case 'endTroubles':
      account.endTroubles()
      return null
    case 'hideFleet':
      account.hideFleet(command.isHidden)
      return null
    case 'switchOverride': {
      const somebody = person(account.seed, 1)
      const email = command.who ?? somebody.email
      switchOverride(account, dashboardSwitch(email, somebody.id, command.isOn, command.justification))
      return null
    }
    case 'useUpLimit': {
      const token = account.tokens.find(({ role }) => role === command.role)
      if (token !== undefined) demo.limits.useUp(limitOwner(token), command.requests, account.clock.lived())
      return null
    }
    case 'countTruly':
      return countTruly(account.fleet, account.clock.lived())
    case 'requests':
      return demo.journal.requests()
  }
}
