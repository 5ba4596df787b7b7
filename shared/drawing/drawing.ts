/**
 * A drawing as plain shapes in user units (CSS pixels): data in, shapes out, no clock and no DOM. `svg.ts` writes it as
 * an SVG file; the browser's PNG is made from that file. Colors are names of theme tokens, resolved by the renderer.
 */
export type Ink =
  | 'paper'
  | 'sheet'
  | 'ink'
  | 'ink-2'
  | 'ink-3'
  | 'line'
  | 'line-strong'
  | 'accent'
  | 'aim'
  | 'primary'
  | 'secondary'
  | 'idea'
  | 'plan'
  | 'do'
  | 'study'
  | 'act'
  | 'notice'

export type Shape =
  | {
      readonly type: 'text'
      readonly x: number
      /** The baseline. */
      readonly y: number
      readonly text: string
      readonly size: number
      readonly family: 'sans' | 'serif'
      readonly weight: number
      readonly ink: Ink
    }
  | {
      readonly type: 'path'
      readonly d: string
      readonly stroke?: Ink
      readonly width?: number
      readonly dash?: string
      readonly fill?: Ink
      /** From 0 to 1; all of the ink where it is not said. */
      readonly opacity?: number
    }

export interface Drawing {
  readonly width: number
  readonly height: number
  /** What a screen reader says of the picture. */
  readonly title: string
  readonly shapes: readonly Shape[]
}
