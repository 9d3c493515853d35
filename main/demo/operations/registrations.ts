import { z } from 'zod'

import type { Device } from '../fleet/device.ts'
import { cursorPage, cursorParameters } from '../wire/cursor-page.ts'
import type { Row } from '../wire/cursor-page.ts'
import { deviceName, lastSeenAt, ownerOf, registration } from '../wire/device-records.ts'
import { operation } from '../wire/operation.ts'
import { many, moment, one, text, word } from '../wire/parameters.ts'

interface Listed {
  readonly device: Device
  readonly seenAt: number | null
}

/** The registrations, by cursor; the active ones if not told. */
export const listRegistrations = operation({
  id: 'list-registrations',
  method: 'GET',
  path: '/accounts/{account_id}/devices/registrations',
  area: 'product',
  groups: ['Zero Trust Read', 'Zero Trust Write'],
  query: z.strictObject({
    ...cursorParameters,
    sort_by: one(word('id', 'user.name', 'user.email', 'last_seen_at', 'created_at')).default('id'),
    status: one(word('active', 'all', 'revoked')).default('active'),
    'device.id': one(text(64)).optional(),
    'user.id': many(text(64)).optional(),
    id: many(text(64)).optional(),
    seen_after: one(moment()).optional(),
    seen_before: one(moment()).optional(),
    search: one(text()).optional(),
    include: one(word('policy')).optional(),
  }),
  examples: ({ deviceId }) => [
    { query: { per_page: ['20'] } },
    { query: { 'device.id': [deviceId], include: ['policy'] } },
    { query: { status: ['all'], sort_by: ['last_seen_at'], sort_order: ['desc'] } },
  ],
  answer: ({ account, query }) => {
    const search = query.search?.toLowerCase()
    const rows = account.devices
      .map((device): Listed => ({ device, seenAt: lastSeenAt(account, device) }))
      .filter(({ device, seenAt }) => {
        const isRevoked = device.habit === 'retired'
        const shown = account.clock.toShown(seenAt ?? device.createdAt)
        return (
          (query.status === 'all' || (query.status === 'revoked') === isRevoked) &&
          (query.id === undefined || query.id.includes(device.registrationId)) &&
          (query['device.id'] === undefined || device.id === query['device.id']) &&
          (query['user.id'] === undefined || query['user.id'].includes(ownerOf(account, device).id)) &&
          (query.seen_after === undefined || shown > query.seen_after) &&
          (query.seen_before === undefined || shown < query.seen_before) &&
          (search === undefined || `${deviceName(device)} ${ownerOf(account, device).email}`.includes(search))
        )
      })
      .map((item): Row<Listed> => ({ key: keyOf(item), id: item.device.registrationId, item }))
    return cursorPage(rows, query, account.switches, ({ device, seenAt }) =>
      registration(account, device, seenAt, query.include !== undefined),
    )

    function keyOf({ device, seenAt }: Listed): string | number {
      switch (query.sort_by) {
        case 'id':
          return device.registrationId
        case 'user.name':
        case 'user.email':
          return ownerOf(account, device).email
        case 'last_seen_at':
          return seenAt ?? device.createdAt
        case 'created_at':
          return device.createdAt
      }
    }
  },
})
