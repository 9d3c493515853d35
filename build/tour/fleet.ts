/** The scenarios that have something in them to notice within minutes. */
export const tourScenarios = ['carrier-outage', 'silent-death'] as const
type TourScenario = (typeof tourScenarios)[number]

export const isTourScenario = (name: string): name is TourScenario => tourScenarios.some((one) => one === name)

/** Of a smaller fleet an outage may take a device or two, which is no drop. */
export const fewestTourDevices = 100

/** The fleet that the tour watches. */
export interface TourFleet {
  readonly devices: number
  readonly scenario: TourScenario
  readonly seed: number
}
