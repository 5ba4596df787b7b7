import { Match, Switch } from 'solid-js'
import type { Column, IdeaStatus } from '#shared/kinds/driver-diagram/model.ts'
import { columnTheme } from './words.ts'

/** The shape of a column: ring, filled square, open square, triangle. The hue is the column's; the shape carries. */
export function ColumnGlyph(props: { column: Column }) {
  return (
    <svg class={`glyph ${columnTheme[props.column]}`} viewBox="0 0 12 12" aria-hidden="true">
      <Switch>
        <Match when={props.column === 'aim'}>
          <circle cx="6" cy="6" r="4.6" fill="none" stroke="currentColor" stroke-width="1.6" />
          <circle cx="6" cy="6" r="1.7" fill="currentColor" />
        </Match>
        <Match when={props.column === 'primary'}>
          <rect x="1.5" y="1.5" width="9" height="9" fill="currentColor" />
        </Match>
        <Match when={props.column === 'secondary'}>
          <rect
            x="2.1"
            y="2.1"
            width="7.8"
            height="7.8"
            fill="none"
            stroke="currentColor"
            stroke-width="1.6"
          />
        </Match>
        <Match when={props.column === 'idea'}>
          <path d="M6 1.4 11 10.4H1z" fill="currentColor" />
        </Match>
      </Switch>
    </svg>
  )
}

/** What fills the face of each status; `proposed` is the empty ring. */
const fillings: Readonly<Record<IdeaStatus, string>> = {
  proposed: '',
  accepted: 'M6 6V2a4 4 0 0 1 4 4z',
  'in-testing': 'M6 2a4 4 0 0 1 0 8z',
  adapted: 'M6 6V2a4 4 0 1 1-4 4z',
  adopted: 'M6 1a5 5 0 1 1 0 10a5 5 0 1 1 0-10z',
  abandoned: 'M2.6 9.4 9.4 2.6',
  spread: 'M6 3.6a2.4 2.4 0 1 1 0 4.8a2.4 2.4 0 1 1 0-4.8z',
}

/** The status of a change idea as a small face that fills. */
export function StatusFace(props: { status: IdeaStatus }) {
  return (
    <svg class="glyph" viewBox="0 0 12 12" aria-hidden="true">
      <circle cx="6" cy="6" r="4.8" fill="none" stroke="currentColor" stroke-width="1.3" />
      <path
        d={fillings[props.status]}
        fill={props.status === 'abandoned' ? 'none' : 'currentColor'}
        stroke={props.status === 'abandoned' ? 'currentColor' : 'none'}
        stroke-width="1.4"
      />
    </svg>
  )
}

/** How a link is drawn, as a short sample beside its words. */
export function LinkSample(props: { strength: 'strong' | 'weak'; polarity?: 'helps' | 'hinders' }) {
  return (
    <svg class="strength" viewBox="0 0 24 8" aria-hidden="true">
      <path
        classList={{ weak: props.strength === 'weak' }}
        d={props.strength === 'weak' ? 'M1 4h23' : 'M0 4h24'}
      />
      <path d={props.polarity === 'hinders' ? 'M12 0v8' : ''} />
    </svg>
  )
}
