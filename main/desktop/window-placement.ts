/** A rectangle in device-independent pixels; it may lie left of or above the first screen. */
export interface Rectangle {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export interface Size {
  readonly width: number
  readonly height: number
}

/**
 * Where a window goes: where it was last, moved and shrunk so that all of it can be seen on one screen; with no memory,
 * or one of a screen that is gone, in the middle of the first.
 * @param areas  work areas of the screens, the first one first; at least one
 */
export function placeWindow(
  remembered: Rectangle | null,
  areas: readonly [Rectangle, ...Rectangle[]],
  size: Size,
): Rectangle {
  const seenOn = remembered === null ? [] : areas.filter((area) => overlap(remembered, area) > 0)
  if (remembered === null || seenOn.length === 0) return centre(areas[0], size)
  const area = seenOn.reduce((best, one) => (overlap(remembered, one) > overlap(remembered, best) ? one : best))
  const width = Math.min(remembered.width, area.width)
  const height = Math.min(remembered.height, area.height)
  return {
    x: clamp(remembered.x, area.x, area.x + area.width - width),
    y: clamp(remembered.y, area.y, area.y + area.height - height),
    width,
    height,
  }
}

function centre(area: Rectangle, size: Size): Rectangle {
  const width = Math.min(size.width, area.width)
  const height = Math.min(size.height, area.height)
  return {
    x: Math.round(area.x + (area.width - width) / 2),
    y: Math.round(area.y + (area.height - height) / 2),
    width,
    height,
  }
}

/** The shared surface, in square pixels. */
function overlap(a: Rectangle, b: Rectangle): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x)
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y)
  return width > 0 && height > 0 ? width * height : 0
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), most)
}
