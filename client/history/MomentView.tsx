import { createSignal, type JSX, Show } from 'solid-js'
import { createNow } from '../clock.ts'
import { formatsOf, takeOut } from '../documents/exports.ts'
import type { Found } from '../documents/remembered.ts'
import { restoreMoment } from '../documents/versions.ts'
import { PersonName } from '../ui/Avatar.tsx'
import { Button } from '../ui/Button.tsx'
import { Choices } from '../ui/Choices.tsx'
import { CheckField } from '../ui/Field.tsx'
import { Loaded } from '../ui/load.tsx'
import { Menu } from '../ui/Menu.tsx'
import { ComparisonView, type Layout } from './ComparisonView.tsx'
import { type Against, createComparison } from './create-comparison.ts'
import type { History } from './create-history.ts'
import { createWho } from './create-who.ts'
import { momentTitle, noteOf, wholeTimeOf } from './moment-words.ts'
import { authorOf, type Moment, seqBefore } from './timeline.ts'

export interface MomentViewProps {
  found: Found
  history: History
  moment: Moment
}

const againstOptions = [
  { value: 'now', label: 'Now' },
  { value: 'before', label: 'The change before' },
  { value: 'nothing', label: 'Nothing' },
] as const

const layoutOptions = [
  { value: 'together', label: 'In one' },
  { value: 'beside', label: 'Side by side' },
] as const

/** The chosen moment as it was, beside what it is compared with. */
export function MomentView(props: MomentViewProps): JSX.Element {
  const now = createNow()
  const [wanted, compareWith] = createSignal<Against>()
  // The newest moment is what the document says now: what it changed is what there is to see of it.
  const isNewest = () => (props.history.all() ?? []).every(({ seq }) => seq <= props.moment.seq)
  const against = () => wanted() ?? (isNewest() ? 'before' : 'now')
  const [layout, setLayout] = createSignal<Layout>('together')
  const who = createWho({
    documentId: props.found.detail.id,
    seq: () => (against() === 'now' ? undefined : props.moment.seq),
    changes: props.history.changes,
  })
  const comparison = createComparison({
    documentId: props.found.detail.id,
    kind: props.found.detail.kind,
    moment: () => ({
      seq: props.moment.seq,
      seqBefore: seqBefore(props.moment, props.history.stretches()),
    }),
    against,
    changes: props.history.changes,
  })
  return (
    <section class="moment-view" aria-labelledby="moment">
      <MomentHead {...props} now={now()} isNewest={isNewest()} />
      <div class="moment-choices no-print">
        <div class="row">
          <span class="label" aria-hidden="true">
            Compare with
          </span>
          <Choices label="Compare with" options={againstOptions} value={against()} onChange={compareWith} />
        </div>
        <Show when={against() !== 'nothing'}>
          <Choices label="Layout" options={layoutOptions} value={layout()} onChange={setLayout} />
        </Show>
        <CheckField label="Who wrote what" checked={who.isShown()} onChange={who.show} />
      </div>
      <Loaded load={comparison} lines={8}>
        {(found) => (
          <ComparisonView
            {...props}
            comparison={found()}
            against={against()}
            layout={layout()}
            who={who}
            now={now()}
          />
        )}
      </Loaded>
    </section>
  )
}

/** Which moment it is, and what can be done with it. */
function MomentHead(props: MomentViewProps & { now: number; isNewest: boolean }): JSX.Element {
  const { detail } = props.found
  // The newest one is what the document says already.
  const mayRestore = () => detail.level === 'edit' && detail.archivedAt === undefined && !props.isNewest
  const exportAt = (format: string) =>
    takeOut(`/api/documents/${detail.id}/history/${props.moment.seq}/export`, format)
  return (
    <header class="moment-head">
      <div>
        <h2 id="moment">{momentTitle(props.moment)}</h2>
        <Show when={noteOf(props.moment)}>{(note) => <p class="small">{note()}</p>}</Show>
        <p class="label row">
          <Show when={authorOf(props.moment)}>{(person) => <PersonName person={person()} />}</Show>
          <span>{wholeTimeOf(props.moment, props.now, props.found.network)}</span>
        </p>
      </div>
      <div class="row no-print">
        <Menu
          label="Export this version"
          icon="export"
          items={formatsOf(detail.kind).map(({ format, label, icon }) => ({
            label,
            icon,
            run: () => void exportAt(format),
          }))}
        />
        <Show when={mayRestore()}>
          <Button
            icon="restore"
            onClick={() =>
              void restoreMoment(detail.id, props.moment.seq, 'The document says again what it said then.')
            }
          >
            Restore this version
          </Button>
        </Show>
      </div>
    </header>
  )
}
