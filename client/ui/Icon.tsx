import type { JSX } from 'solid-js'

/** Our own set: drawn on 16 by 16, strokes of 1.5, round ends. */
const paths = {
  alert: 'M8 2.2 14.3 13H1.7zM8 6.5v3M8 11.2v.1',
  archive: 'M2 3h12v3H2zM3 6v7.5h10V6M6.5 9h3',
  calendar: 'M2.5 3.5h11v10h-11zM2.5 6.5h11M5.5 2v2.5M10.5 2v2.5',
  check: 'M3 8.5 6.5 12 13 4.5',
  close: 'm4 4 8 8M12 4l-8 8',
  'cloud-off': 'M2 2l12 12M5.2 6A3 3 0 0 0 5 12h7M9 4.2A3.5 3.5 0 0 1 11.7 7 2.6 2.6 0 0 1 14 10',
  comment: 'M2.5 3h11v8H8l-3 2.7V11H2.5z',
  copy: 'M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3',
  dark: 'M13.2 9.6A5.6 5.6 0 0 1 6.4 2.8a5.6 5.6 0 1 0 6.8 6.8z',
  diagram: 'M2 8h3M11 3.5H8.5C6 3.5 7.5 8 5 8s3.5 4.5 6 4.5M11 8H5M11 3.5h3M11 8h3M11 12.5h3',
  document: 'M4 2h5.5L13 5.5V14H4zM9.5 2v3.5H13',
  down: 'm4 6.2 4 4 4-4',
  download: 'M8 2.5v7.5M5 7l3 3 3-3M3 9v4.2h10V9',
  edit: 'M3 13l.6-2.8L10.8 3a1.4 1.4 0 0 1 2.1 2.1l-7.2 7.3zM9.5 4.3l2.1 2.1',
  export: 'M8 10V2.5M5 5.2 8 2.2l3 3M3 9v4.2h10V9',
  fit: 'M2.5 6V2.5H6M10 2.5h3.5V6M13.5 10v3.5H10M6 13.5H2.5V10',
  flag: 'M4 14V2.5h8L10 5.5l2 3H4',
  hand: 'M5 8V4.2a1 1 0 0 1 2 0V7.5V3a1 1 0 0 1 2 0v4.5V3.7a1 1 0 0 1 2 0V9c0 3-1.3 4.8-3.6 4.8-2 0-3-.9-3.7-2.5L2.6 9.3a1 1 0 0 1 1.8-.9L5 9.5z',
  help: 'M5.6 6.1a2.4 2.4 0 1 1 3.6 2.1c-.8.5-1.2.9-1.2 1.8M8 12.5v.1',
  history: 'M2.5 8a5.5 5.5 0 1 0 1.7-4L2.5 5.5M2.5 2.5v3h3M8 5v3.2l2.2 1.3',
  inbox: 'M2 9.5 4 3.5h8l2 6v3H2zM2 9.5h3.5l1 1.7h3l1-1.7H14',
  indent: 'M2.5 4h11M7 8h6.5M2.5 12h11M2.5 6.5 4.5 8l-2 1.5',
  key: 'M8.5 10.4a2.9 2.9 0 1 1-5.8 0 2.9 2.9 0 0 1 5.8 0zM7.7 8.3l5.8-5.8M11.2 4.8l1.8 1.8',
  left: 'M10 4 6 8l4 4',
  light:
    'M8 5.2a2.8 2.8 0 1 1 0 5.6 2.8 2.8 0 0 1 0-5.6zM8 1.5v1.2M8 13.3v1.2M1.5 8h1.2M13.3 8h1.2M3.4 3.4l.8.8M11.8 11.8l.8.8M12.6 3.4l-.8.8M4.2 11.8l-.8.8',
  link: 'M6.5 9.5 9.5 6.5M7 5l1.6-1.6a2.8 2.8 0 0 1 4 4L11 9M9 11l-1.6 1.6a2.8 2.8 0 0 1-4-4L5 7',
  lock: 'M3.5 7.5h9v6h-9zM5.5 7.5V5a2.5 2.5 0 0 1 5 0v2.5',
  mail: 'M2 3.5h12v9H2zM2 4l6 5 6-5',
  menu: 'M2.5 4.5h11M2.5 8h11M2.5 11.5h11',
  minus: 'M3 8h10',
  more: 'M3.5 8h.01M8 8h.01M12.5 8h.01',
  note: 'M3 2.5h10v8L10 13.5H3zM10 13.5v-3h3',
  outdent: 'M2.5 4h11M7 8h6.5M2.5 12h11M4.5 6.5 2.5 8l2 1.5',
  outline: 'M2.5 4h11M5 8h8.5M7.5 12h6',
  panel: 'M2 3h12v10H2zM10 3v10',
  paste: 'M5.5 3H3.5v10.5h9V3h-2M5.5 2h5v2.5h-5zM6 8h4M6 10.5h4',
  people:
    'M8.3 5.5a2.3 2.3 0 1 1-4.6 0 2.3 2.3 0 0 1 4.6 0zM2 13c.3-2.3 1.8-3.7 4-3.7s3.7 1.4 4 3.7M10.5 3.5a2.2 2.2 0 0 1 0 4.2M11.5 9.6c1.4.4 2.3 1.6 2.5 3.4',
  person:
    'M10.6 5.2a2.6 2.6 0 1 1-5.2 0 2.6 2.6 0 0 1 5.2 0zM2.8 13.5c.4-2.6 2.5-4.1 5.2-4.1s4.8 1.5 5.2 4.1',
  plus: 'M8 3v10M3 8h10',
  print: 'M4.5 6V2.5h7V6M4.5 11.5H2.5V6h11v5.5h-2M4.5 9.5h7v4h-7z',
  redo: 'M13 6.5H6.5a3.5 3.5 0 0 0 0 7H10M13 6.5l-3-3M13 6.5l-3 3',
  reload: 'M13.5 8A5.5 5.5 0 1 1 12 4.2l1.5 1.5M13.5 2.5v3.2h-3.2',
  restore: 'M2 3h12v3H2zM3 6v7.5h10V6M8 12V8M6.2 9.6 8 7.8l1.8 1.8',
  right: 'm6 4 4 4-4 4',
  saving: 'M3 8h.01M8 8h.01M13 8h.01',
  seal: 'M13.8 8a5.8 5.8 0 1 1-11.6 0 5.8 5.8 0 0 1 11.6 0zM5 8.2 7.2 10.3 11 5.8',
  search: 'M11.2 7a4.2 4.2 0 1 1-8.4 0 4.2 4.2 0 0 1 8.4 0zM10.2 10.2l3.3 3.3',
  share:
    'M7.8 5.5a2.3 2.3 0 1 1-4.6 0 2.3 2.3 0 0 1 4.6 0zM1.5 13c.3-2.3 1.8-3.7 4-3.7s3.7 1.4 4 3.7M12 5v5M9.5 7.5h5',
  'sign-out': 'M6.5 2.5H3v11h3.5M10.5 5l3 3-3 3M13.5 8H6.5',
  system: 'M2 3h12v8H2zM6 13.5h4M8 11v2.5',
  table: 'M2.5 3.5h11v9h-11zM2.5 6.5h11M6.5 6.5v6',
  trash: 'M2.5 4.5h11M6 4.5V2.5h4v2M4 4.5l.7 9h6.6l.7-9',
  undo: 'M3 6.5h6.5a3.5 3.5 0 0 1 0 7H6M3 6.5 6 3.5M3 6.5l3 3',
  up: 'm4 9.8 4-4 4 4',
} as const

export type IconName = keyof typeof paths

export const iconNames = Object.keys(paths) as IconName[]

/** Dots are strokes of no length: they need a wider pen to be seen. */
const dotted: readonly IconName[] = ['more', 'saving']

/** A picture beside a word; alone it needs a name, which `IconButton` gives it. */
export function Icon(props: { name: IconName }): JSX.Element {
  return (
    <svg
      class="icon"
      viewBox="0 0 16 16"
      aria-hidden="true"
      classList={{ dots: dotted.includes(props.name) }}
    >
      <path d={paths[props.name]} />
    </svg>
  )
}
