import type { JSX } from 'solid-js'
import { rowText } from '#shared/kinds/rows.ts'
import { setRating } from '#shared/kinds/worksheet/edits.ts'
import { itemsOf, type Section } from '#shared/kinds/worksheet/model.ts'
import { ChoiceField } from '../../form/ChoiceField.tsx'
import { createRowScalar } from '../../form/create-rows.ts'
import { Rows } from '../../form/Rows.tsx'
import { createWords } from '../../form/TextLine.tsx'
import { usePage } from './page.ts'
import { itemsAt } from './section-address.ts'

type RatingSection = Extract<Section, { type: 'rating' }>

/** How each of several sees it, with a comment. No average is made: where they differ is what to talk about. */
export function Ratings(props: { section: RatingSection }): JSX.Element {
  const scale = () => props.section.scale
  return (
    <div class="ws-ratings">
      <p class="label">
        1 is {scale().lowest || 'the least'}, {scale().most} is {scale().highest || 'the most'}.
      </p>
      <Rows
        at={itemsAt(props.section.id)}
        list={itemsOf(props.section.id)}
        label={props.section.heading}
        quiet
        one="row"
        texts={['subject', 'comment']}
        columns={[
          { name: 'subject', label: 'Who', width: '1fr', placeholder: 'A sector, or an organization' },
          {
            name: 'value',
            label: `From 1 to ${scale().most}`,
            width: `${scale().most * 2.25}rem`,
            cell: (row, at) => <Value section={props.section} row={row} at={at} />,
          },
          { name: 'comment', label: 'Comment', width: '1.4fr', placeholder: 'Why' },
        ]}
        empty="Nobody is listed yet: add each sector that is to be heard."
      />
    </div>
  )
}

function Value(props: { section: RatingSection; row: string; at: string }): JSX.Element {
  const { open } = usePage()
  const list = () => itemsOf(props.section.id)
  const value = createRowScalar(open.doc, list(), props.row, 'value')
  const subject = createWords(() => rowText(open.doc, list(), props.row, 'subject'))
  const steps = () => Array.from({ length: props.section.scale.most }, (_, index) => String(index + 1))
  return (
    <ChoiceField
      at={`${props.at}/value`}
      label={`${subject() || 'This one'}, from 1 to ${props.section.scale.most}`}
      quiet
      options={steps().map((step) => ({ value: step, label: step }))}
      value={value() === undefined ? undefined : String(value())}
      onChange={(step) =>
        setRating(
          open.edit,
          open.doc,
          props.section.id,
          props.row,
          step === undefined ? undefined : Number(step),
        )
      }
    />
  )
}
