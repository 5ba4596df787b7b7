import { createUniqueId, type JSX, Match, Show, Switch } from 'solid-js'
import { rowText } from '#shared/kinds/rows.ts'
import { restoreSection } from '#shared/kinds/worksheet/edits.ts'
import { headingShown, type Section, sectionBody } from '#shared/kinds/worksheet/model.ts'
import { RichField } from '../../form/RichField.tsx'
import { SharedWords } from '../../form/TextLine.tsx'
import { Beside } from './Beside.tsx'
import { Checklist } from './Checklist.tsx'
import { Clock } from './Clock.tsx'
import { Links } from './Links.tsx'
import { usePage } from './page.ts'
import { Ratings } from './Ratings.tsx'
import { SectionMenu } from './SectionMenu.tsx'
import { headingAt } from './section-address.ts'
import { TableForm } from './TableForm.tsx'

/** One section: its heading, what is asked beside it, what is written, and what it holds beside its text. */
export function SectionView(props: { section: Section; index: number }): JSX.Element {
  const { open, sheet, isOther } = usePage()
  const heading = () => headingShown(props.section, isOther()).trim() || 'Section without a heading'
  return (
    <section
      class="ws-section"
      data-section={props.section.id}
      data-at={props.section.id}
      tabIndex={-1}
      aria-label={heading()}
    >
      <header class="ws-head">
        <Heading section={props.section} />
        <Show when={open.canEdit()}>
          <SectionMenu section={props.section} index={props.index} />
        </Show>
      </header>
      <Beside section={props.section} />
      <div class="ws-answer">
        <Show when={sheet.removedBy(props.section.id)}>
          {(by) => <BringBack section={props.section} by={by()} />}
        </Show>
        <RichField
          at={props.section.id}
          label={heading()}
          quiet
          fragment={() => sectionBody(open.doc, props.section.id)}
          placeholder={placeholderOf(props.section)}
        />
        <FormOf section={props.section} />
      </div>
    </section>
  )
}

/** Where a list or table is the answer, words are welcome but not asked for. */
const placeholderOf = ({ type }: Section): string => (type === 'text' ? 'Write here' : 'Notes')

/** The heading as words of the page, which one may write in as well. */
function Heading(props: { section: Section }): JSX.Element {
  const { open, isOther } = usePage()
  const id = createUniqueId()
  const name = () => (isOther() && props.section.otherwise !== undefined ? 'otherwise' : 'heading')
  return (
    <div class="ws-heading form-field" data-at={headingAt(props.section.id)}>
      <Show when={open.canEdit()}>
        <label class="visually-hidden" for={id}>
          Heading
        </label>
      </Show>
      <h2>
        <SharedWords
          text={() => rowText(open.doc, 'sections', props.section.id, name())}
          control={{ id, 'aria-describedby': undefined, 'aria-invalid': undefined }}
          placeholder="Heading"
          isSingleLine
        />
      </h2>
    </div>
  )
}

function FormOf(props: { section: Section }): JSX.Element {
  const of = <Type extends Section['type']>(type: Type) =>
    props.section.type === type ? (props.section as Extract<Section, { type: Type }>) : undefined
  return (
    <Switch>
      <Match when={of('checklist')}>{(section) => <Checklist section={section()} />}</Match>
      <Match when={of('table')}>
        {(section) => (
          <>
            <TableForm section={section()} />
            <Show when={section().check === 'elapsed'}>
              <Clock section={section()} />
            </Show>
          </>
        )}
      </Match>
      <Match when={of('rating')}>{(section) => <Ratings section={section()} />}</Match>
      <Match when={of('links')}>{(section) => <Links section={section()} />}</Match>
    </Switch>
  )
}

/** The words of a section that somebody removed are kept: whoever stands in it may bring it back. */
function BringBack(props: { section: Section; by: string }): JSX.Element {
  const { open, network } = usePage()
  const name = () => network.members.find(({ person }) => person.id === props.by)?.person.name
  return (
    <div class="notice wrong" role="alert">
      <span>{name() ?? 'Somebody else'} removed this section. What you wrote is kept.</span>
      <Show when={open.canEdit()}>
        <button
          type="button"
          class="link-button"
          onClick={() => restoreSection(open.edit, open.doc, props.section.id)}
        >
          Bring it back
        </button>
      </Show>
    </div>
  )
}
