/** A coordinate as it is written in a path: no finer than a screen shows. */
export const coordinate = (value: number): number => Math.round(value * 10) / 10

/** A whole circle about (x, y) as the `d` of a path. */
export const circlePath = (x: number, y: number, radius: number): string =>
  `M${coordinate(x - radius)} ${coordinate(y)}a${radius} ${radius} 0 1 0 ${2 * radius} 0a${radius} ${radius} 0 1 0 ${-2 * radius} 0z`
