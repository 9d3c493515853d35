/** The channels between main and the dashboard. */
export const dashboardChannels = {
  invoke: 'dashboard:invoke',
  view: 'dashboard:view',
  navigate: 'dashboard:navigate',
} as const

/** The one channel between main and the confirmation window. */
export const confirmationChannel = 'confirmation:invoke'
