/** Whether there is a screen to show windows on. */
export function hasScreen(platform: NodeJS.Platform = process.platform, env: NodeJS.ProcessEnv = process.env): boolean {
  if (platform !== 'linux') return true
  return Boolean(env.DISPLAY) || Boolean(env.WAYLAND_DISPLAY)
}

/** For a person who asked for windows where there is no screen. */
export const noScreen = 'There is no screen: neither DISPLAY nor WAYLAND_DISPLAY is set.'
