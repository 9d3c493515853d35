import { z } from 'zod'

import { profilesOf } from '../account/profiles.ts'
import type { Profile } from '../account/profiles.ts'
import { operation } from '../wire/operation.ts'
import { succeed } from '../wire/reply.ts'

const noQuery = z.strictObject({})
const groups = ['Zero Trust Read', 'Zero Trust Write'] as const

/** Settings of all devices, the external emergency signal among them: it disconnects clients as the override does. */
export const readDeviceSettings = operation({
  id: 'zero-trust-accounts-get-device-settings-for-zero-trust-account',
  method: 'GET',
  path: '/accounts/{account_id}/devices/settings',
  area: 'product',
  groups,
  query: noQuery,
  examples: () => [{ query: {} }],
  answer: () =>
    succeed({
      disable_for_time: 3600,
      external_emergency_signal_enabled: false,
      external_emergency_signal_fingerprint: '',
      external_emergency_signal_interval: '1m0s',
      external_emergency_signal_url: '',
      gateway_proxy_enabled: true,
      gateway_udp_proxy_enabled: true,
      root_certificate_installation_enabled: true,
      use_zt_virtual_ip: false,
    }),
})

/** The default device settings profile. */
export const readDefaultPolicy = operation({
  id: 'devices-get-default-device-settings-policy',
  method: 'GET',
  path: '/accounts/{account_id}/devices/policy',
  area: 'product',
  groups,
  query: noQuery,
  examples: () => [{ query: {} }],
  answer: ({ account }) => {
    const profile = profilesOf(account.seed).find(({ isDefault }) => isDefault)
    return succeed(profile === undefined ? null : profileFields(profile))
  },
})

/** The custom device settings profiles, all in one page. */
export const listCustomPolicies = operation({
  id: 'devices-list-device-settings-policies',
  method: 'GET',
  path: '/accounts/{account_id}/devices/policies',
  area: 'product',
  groups,
  query: noQuery,
  examples: () => [{ query: {} }],
  answer: ({ account }) => {
    const custom = profilesOf(account.seed).filter(({ isDefault }) => !isDefault)
    const result = custom.map((profile, index) => ({
      ...profileFields(profile),
      name: profile.name,
      match: profile.match ?? '',
      precedence: (index + 1) * 100,
      description: `Devices of ${profile.name}`,
      lan_allow_minutes: 30,
      lan_allow_subnet_size: 24,
      target_tests: [],
    }))
    return succeed(result, { count: result.length, page: 1, per_page: 50, total_count: result.length })
  },
})

function profileFields(profile: Profile) {
  return {
    policy_id: profile.id,
    default: profile.isDefault,
    enabled: true,
    service_mode_v2: profile.serviceMode === 'proxy' ? { mode: 'proxy', port: 8080 } : { mode: profile.serviceMode },
    tunnel_protocol: 'masque',
    switch_locked: profile.isSwitchLocked,
    auto_connect: 900,
    captive_portal: 180,
    allow_mode_switch: false,
    allow_updates: true,
    allowed_to_leave: false,
    disable_auto_fallback: false,
    exclude_office_ips: false,
    register_interface_ip_with_dns: true,
    sccm_vpn_boundary_support: false,
    support_url: 'https://help.larkspur-freight.example',
    gateway_unique_id: 'larkspur',
    exclude: [{ address: '10.0.0.0/8' }, { address: '192.168.0.0/16' }, { host: 'printers.larkspur-freight.example' }],
    fallback_domains: [{ suffix: 'corp' }, { suffix: 'lan', dns_server: ['10.0.0.53'] }],
  }
}
