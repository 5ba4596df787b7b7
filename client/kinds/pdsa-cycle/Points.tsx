import { createMemo, type JSX, Show } from 'solid-js'
import { drawSmallChart } from '#shared/drawing/small-chart.ts'
import { setPointDate, setPointValue } from '#shared/kinds/pdsa-cycle/edits.ts'
import type { Cycle, Point } from '#shared/kinds/pdsa-cycle/model.ts'
import { lists } from '#shared/kinds/pdsa-cycle/model.ts'
import { DateField } from '../../form/DateField.tsx'
import { NumberField } from '../../form/NumberField.tsx'
import { Rows } from '../../form/Rows.tsx'
import { Drawn } from './Drawn.tsx'
import { usePage } from './page.ts'

/** What was counted, day by day: as they write it down, and as a small chart. */
export function Points(): JSX.Element {
  const { open, model } = usePage()
  const pointOf = (id: string): Point | undefined => model().points.find((point) => point.id === id)
  const unit = () => unitOf(model())
  return (
    <section class="part form-section">
      <PointsChart />
      <Rows
        at="points"
        list="points"
        label="Values by date"
        one="value"
        guidance="One value at one date. Three or more show whether something changes over time."
        texts={lists.points}
        empty="No values yet."
        columns={[
          {
            name: 'date',
            label: 'Date',
            width: '10rem',
            cell: (id, at) => (
              <DateField
                at={`${at}/date`}
                label="Date"
                quiet
                value={pointOf(id)?.date}
                onChange={(date) => setPointDate(open.edit, open.doc, id, date)}
              />
            ),
          },
          {
            name: 'value',
            label: 'Value',
            width: '8rem',
            cell: (id, at) => (
              <NumberField
                at={`${at}/value`}
                label="Value"
                quiet
                unit={unit()}
                value={pointOf(id)?.value}
                onChange={(value) => setPointValue(open.edit, open.doc, id, value)}
              />
            ),
          },
          { name: 'note', label: 'Note', placeholder: 'What must be known of this value' },
        ]}
      />
    </section>
  )
}

/** The values so far as a line, and when the test ran. */
export function PointsChart(): JSX.Element {
  const { model } = usePage()
  const chart = createMemo(() => {
    const { points, started, ended, texts } = model()
    const dated = points.flatMap(({ date, value }) =>
      date === undefined || value === undefined ? [] : [{ date, value }],
    )
    const span = { from: started, to: ended, label: 'Do', ink: 'do' as const }
    return { points: dated, unit: unitOf(model()), span, measure: texts.measure.trim() }
  })
  return (
    <Show when={chart().points.length > 1}>
      <figure class="points-chart">
        <Drawn draw={(width) => drawSmallChart({ width, ...chart() })} />
        <Show when={chart().measure}>{(measure) => <figcaption>{measure()}</figcaption>}</Show>
      </figure>
    </Show>
  )
}

/** The values of a cycle are in the unit in which its first question with a number is answered. */
const unitOf = ({ questions }: Cycle): string =>
  questions.map(({ unit }) => unit.trim()).find((unit) => unit !== '') ?? ''
