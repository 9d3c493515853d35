import { z } from 'zod'

import type { Device } from '../fleet/device.ts'
import { cursorPage, cursorParameters } from '../wire/cursor-page.ts'
import type { Row } from '../wire/cursor-page.ts'
import { deviceName, lastSeenAt, ownerOf, physicalDevice } from '../wire/device-records.ts'
import { operation } from '../wire/operation.ts'
import { many, moment, one, text, word } from '../wire/parameters.ts'

interface Listed {
  readonly device: Device
  readonly seenAt: number | null
}

/** The devices themselves, by cursor. The order if not told is assumed: by id. */
export const listPhysicalDevices = operation({
  id: 'list-devices',
  method: 'GET',
  path: '/accounts/{account_id}/devices/physical-devices',
  area: 'product',
  groups: ['Zero Trust Read', 'Zero Trust Write'],
  query: z.strictObject({
    ...cursorParameters,
    sort_by: one(
      word(
        'name',
        'id',
        'client_version',
        'last_seen_user.email',
        'last_seen_at',
        'active_registrations',
        'created_at',
      ),
    ).default('id'),
    'last_seen_user.email': one(text()).optional(),
    seen_after: one(moment()).optional(),
    seen_before: one(moment()).optional(),
    search: one(text()).optional(),
    active_registrations: one(word('include', 'only', 'exclude')).default('only'),
    id: many(text(64)).optional(),
    include: one(word('last_seen_registration.policy')).optional(),
  }),
  examples: ({ deviceId }) => [
    { query: { per_page: ['20'] } },
    { query: { id: [deviceId], include: ['last_seen_registration.policy'] } },
    { query: { sort_by: ['last_seen_at'], sort_order: ['desc'], active_registrations: ['include'] } },
  ],
  answer: ({ account, query }) => {
    const search = query.search?.toLowerCase()
    const rows = account.devices
      .map((device): Listed => ({ device, seenAt: lastSeenAt(account, device) }))
      .filter(({ device, seenAt }) => {
        const isActive = device.habit !== 'retired'
        const shown = seenAt === null ? null : account.clock.toShown(seenAt)
        return (
          (query.active_registrations === 'include' || (query.active_registrations === 'only') === isActive) &&
          (query.id === undefined || query.id.includes(device.id)) &&
          (query['last_seen_user.email'] === undefined ||
            ownerOf(account, device).email === query['last_seen_user.email']) &&
          (query.seen_after === undefined || (shown !== null && shown > query.seen_after)) &&
          (query.seen_before === undefined || (shown !== null && shown < query.seen_before)) &&
          (search === undefined || `${deviceName(device)} ${ownerOf(account, device).email}`.includes(search))
        )
      })
      .map((item): Row<Listed> => ({ key: keyOf(item), id: item.device.id, item }))
    return cursorPage(rows, query, account.switches, ({ device, seenAt }) =>
      physicalDevice(account, device, seenAt, query.include !== undefined),
    )

    function keyOf({ device, seenAt }: Listed): string | number {
      switch (query.sort_by) {
        case 'id':
          return device.id
        case 'name':
          return deviceName(device)
        case 'client_version':
          return device.version
        case 'last_seen_user.email':
          return ownerOf(account, device).email
        case 'last_seen_at':
          return seenAt ?? 0
        case 'active_registrations':
          return device.habit === 'retired' ? 0 : 1
        case 'created_at':
          return device.createdAt
      }
    }
  },
})
