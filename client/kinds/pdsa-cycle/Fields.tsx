import type { JSX } from 'solid-js'
import {
  type RichField as LongField,
  richText,
  type ShortField,
  shortText,
} from '#shared/kinds/pdsa-cycle/model.ts'
import { richNames, shortNames } from '#shared/kinds/pdsa-cycle/words.ts'
import { RichField } from '../../form/RichField.tsx'
import { TextLine } from '../../form/TextLine.tsx'
import { usePage } from './page.ts'

export interface FieldProps<Name> {
  /** Its name in the cycle is its place on the page as well, and says how it is called. */
  field: Name
  guidance?: string | undefined
  example?: string | undefined
  placeholder?: string | undefined
}

/** A long text of the cycle, rich and with carets. */
export function Long(props: FieldProps<LongField>): JSX.Element {
  const { open } = usePage()
  return (
    <RichField
      at={props.field}
      label={richNames[props.field]}
      guidance={props.guidance}
      example={props.example}
      placeholder={props.placeholder}
      fragment={() => richText(open.doc, props.field)}
    />
  )
}

/** A line of the cycle, merged character by character. */
export function Short(props: FieldProps<ShortField>): JSX.Element {
  const { open } = usePage()
  return (
    <TextLine
      at={props.field}
      label={shortNames[props.field]}
      guidance={props.guidance}
      example={props.example}
      placeholder={props.placeholder}
      text={() => shortText(open.doc, props.field)}
    />
  )
}
