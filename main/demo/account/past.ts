import type { AuditLog } from './audit-log.ts'
import { person } from './people.ts'
import { audited, dashboardActor, dashboardSwitch } from './switching.ts'

const hourMs = 3_600_000
const dayMs = 24 * hourMs

/** What happened before the demo began: an exercise of the override, and changes of other things. */
export function rememberPast(
  account: { readonly id: string; readonly seed: number; readonly audit: AuditLog },
  exercisedDaysAgo: number,
): void {
  const { email, id } = person(account.seed, 1)
  const change = (uri: string, type: string, request: Readonly<Record<string, unknown>>, agoMs: number) => {
    account.audit.add(
      {
        actor: dashboardActor(email, id),
        method: 'PATCH',
        uri: `/accounts/${account.id}/${uri}`,
        statusCode: 200,
        product: 'zero_trust',
        type,
        request,
        response: {},
        userAgent: 'Mozilla/5.0',
      },
      agoMs,
    )
  }
  const exercise = (isOn: boolean, agoMs: number) => {
    const request = dashboardSwitch(email, id, isOn, isOn ? 'Exercise, announced' : 'End of the exercise')
    account.audit.add(audited(account.id, request, 200, { disconnect: isOn }), agoMs)
  }
  exercise(true, exercisedDaysAgo * dayMs + 14 * 60_000)
  exercise(false, exercisedDaysAgo * dayMs)
  change('devices/policy', 'device_settings_policy', { captive_portal: 180 }, 6 * dayMs)
  change('devices/settings', 'device_settings', { gateway_udp_proxy_enabled: true }, 3 * dayMs + 5 * hourMs)
  change(
    'devices/policy',
    'device_settings_policy',
    { support_url: 'https://help.larkspur-freight.example' },
    30 * hourMs,
  )
}
