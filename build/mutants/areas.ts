/** The parts of the engine that a person's trust hangs on: each wrong line in them should fail a test. */
export const areas = {
  override: 'main/engine/override/**/*.ts',
  face: 'main/engine/face.ts',
  governor: 'main/engine/schedule/governor*.ts',
  freshness: 'main/engine/freshness.ts',
} as const

export type Area = keyof typeof areas

export const isArea = (name: string): name is Area => Object.hasOwn(areas, name)
