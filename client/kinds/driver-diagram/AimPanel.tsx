import { createSignal, For, Show } from 'solid-js'
import { amount, composeAim, dateInWords, hasAimFields, lintAim } from '#shared/kinds/driver-diagram/aim.ts'
import {
  type AimScalars,
  addSignatory,
  removeSignatory,
  setAimField,
} from '#shared/kinds/driver-diagram/aim-edits.ts'
import { renameCard } from '#shared/kinds/driver-diagram/edits.ts'
import { aimId, aimText } from '#shared/kinds/driver-diagram/model.ts'
import { readDate, readNumber } from '../../form/read-fields.ts'
import { Button, IconButton } from '../../ui/Button.tsx'
import { Choices } from '../../ui/Choices.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { ColumnGlyph } from './Glyphs.tsx'
import { PanelTitle } from './PanelTitle.tsx'
import { ProposalNotes, ProposalsCount } from './ProposalNotes.tsx'
import { usePage } from './page.ts'
import { SharedText, ShortField } from './panel-fields.tsx'

/** The aim: its statement, what it could still say, and the fields that can write it. */
export function AimPanel() {
  const page = usePage()
  const { open } = page
  /** What is about cards that are not here any more can still be declined. */
  const nowhereElse = () =>
    page.proposals.all().filter(({ part }) => part === undefined || !page.diagram.card(part))
  return (
    <>
      <div class="row">
        <ColumnGlyph column="aim" />
        <span class="label">Aim</span>
        <ProposalsCount card={aimId} />
        <IconButton class="push" icon="close" label="Close the panel" onClick={() => page.openPanel(false)} />
      </div>
      <PanelTitle card={aimId} />
      <ProposalNotes proposals={nowhereElse()} />
      <Show when={open.canEdit()} fallback={<AimFacts />}>
        <AimFields />
      </Show>
      <Signatories />
    </>
  )
}

/** The fields as those read them who may not write. */
function AimFacts() {
  const { diagram } = usePage()
  const { aim } = diagram
  const lines = (): readonly (readonly [string, string | undefined])[] => [
    ['What should change', aim().what],
    ['For whom', aim().forWhom],
    ['Baseline', figureOf(aim().baselineValue, aim().unit, aim().baselinePeriod)],
    ['Target', figureOf(aim().targetValue, aim().unit)],
    ['By when', aim().byWhen && dateInWords(aim().byWhen as string)],
    ['In scope', aim().boundary],
    ['Why now', aim().whyNow],
  ]
  return (
    <dl class="facts">
      <For each={lines().filter(([, said]) => said?.trim())}>
        {([label, said]) => (
          <>
            <dt>{label}</dt>
            <dd>{said}</dd>
          </>
        )}
      </For>
    </dl>
  )
}

function figureOf(value: number | undefined, unit: string | undefined, period?: string): string | undefined {
  if (value === undefined) return undefined
  return period ? `${amount(value, unit)}, ${period}` : amount(value, unit)
}

function AimFields() {
  const { open } = usePage()
  return (
    <>
      <Hints />
      <div class="section">
        <h3>A SMART aim says</h3>
        <div class="fields">
          <SharedText
            label="What should change"
            text={aimText(open.doc, 'what')}
            placeholder="the share of students who…"
          />
          <SharedText
            label="For whom"
            text={aimText(open.doc, 'forWhom')}
            placeholder="which students, where"
          />
          <AimFigures />
        </div>
        <Compose />
      </div>
      <div class="section">
        <h3>Around it</h3>
        <div class="fields">
          <SharedText label="In scope, and what is not" text={aimText(open.doc, 'boundary')} />
          <SharedText label="Why now" text={aimText(open.doc, 'whyNow')} />
        </div>
      </div>
    </>
  )
}

function Hints() {
  const { diagram } = usePage()
  // The statement's words are what is judged: the hints follow them as they are typed.
  const hints = () => {
    diagram.card(aimId)?.title
    diagram.aim()
    return lintAim({ ...diagram.model(), aim: diagram.aim() })
  }
  return (
    <Show
      when={hints().length > 0}
      fallback={
        <p class="hint row">
          <Icon name="check" />
          It says how much and by when.
        </p>
      }
    >
      <ul class="hints" aria-label="What the aim could still say">
        <For each={hints()}>
          {(hint) => (
            <li>
              <Icon name="alert" />
              {hint.sentence}
            </li>
          )}
        </For>
      </ul>
    </Show>
  )
}

function AimFigures() {
  const { open, diagram } = usePage()
  const aim = diagram.aim
  const [problem, setProblem] = createSignal<{ field: keyof AimScalars; sentence: string }>()
  const problemOf = (field: keyof AimScalars) =>
    problem()?.field === field ? problem()?.sentence : undefined
  const set = <F extends keyof AimScalars>(field: F, value: AimScalars[F] | undefined) => {
    setProblem(undefined)
    setAimField(open.edit, open.doc, field, value)
  }
  const setNumber = (field: 'baselineValue' | 'targetValue', typed: string) => {
    const value = readNumber(typed)
    if (value === 'unreadable') setProblem({ field, sentence: 'Write a number, such as 24.3.' })
    else set(field, value)
  }
  const setDate = (typed: string) => {
    const date = readDate(typed)
    if (date === 'unreadable') {
      setProblem({
        field: 'byWhen',
        sentence: 'Write a month such as December 2025, or a day such as December 31, 2025.',
      })
    } else set('byWhen', date)
  }
  const figure = (value: number | undefined) => (value === undefined ? '' : String(value))
  return (
    <>
      <div class="field">
        <span class="field-label">Direction</span>
        <Choices
          label="Direction"
          options={[
            { value: 'decrease', label: 'Lower it' },
            { value: 'increase', label: 'Raise it' },
          ]}
          value={aim().direction ?? ('' as 'decrease')}
          onChange={(direction) => open.canEdit() && set('direction', direction)}
        />
      </div>
      <div class="pair">
        <ShortField
          label="Baseline"
          inputMode="decimal"
          placeholder="24.3"
          value={figure(aim().baselineValue)}
          error={problemOf('baselineValue')}
          onChange={(typed) => setNumber('baselineValue', typed)}
        />
        <ShortField
          label="When that was"
          placeholder="2023-24"
          value={aim().baselinePeriod ?? ''}
          onChange={(typed) => set('baselinePeriod', typed || undefined)}
        />
        <ShortField
          label="Target"
          inputMode="decimal"
          placeholder="19"
          value={figure(aim().targetValue)}
          error={problemOf('targetValue')}
          onChange={(typed) => setNumber('targetValue', typed)}
        />
        <ShortField
          label="Unit"
          placeholder="%"
          value={aim().unit ?? ''}
          onChange={(typed) => set('unit', typed || undefined)}
        />
      </div>
      <ShortField
        label="By when"
        placeholder="December 2025"
        value={aim().byWhen ? dateInWords(aim().byWhen as string) : ''}
        error={problemOf('byWhen')}
        onChange={setDate}
      />
    </>
  )
}

/** The fields as one sentence, and the step that makes it the aim's statement. */
function Compose() {
  const { open, diagram, say } = usePage()
  const sentence = () => composeAim(diagram.aim())
  const isSaid = () => diagram.card(aimId)?.title.trim() === sentence()
  return (
    <Show when={hasAimFields(diagram.aim())}>
      <div class="composed">
        <p class="label">Read together</p>
        <p class="serif">{sentence()}</p>
        <Show when={open.canEdit() && !isSaid()}>
          <Button
            onClick={() => {
              renameCard(open.edit, open.doc, aimId, sentence())
              diagram.flush()
              say('The aim now says this.')
            }}
          >
            Let this be the aim’s statement
          </Button>
        </Show>
      </div>
    </Show>
  )
}

function Signatories() {
  const { open, diagram } = usePage()
  const signatories = () => diagram.aim().signatories
  const [problem, setProblem] = createSignal<string>()
  const submit = (event: SubmitEvent & { currentTarget: HTMLFormElement }) => {
    event.preventDefault()
    const form = event.currentTarget
    const said = new FormData(form)
    const text = (name: string) => String(said.get(name) ?? '').trim()
    const date = readDate(text('date'))
    if (text('organization') === '') return setProblem('Name the organization.')
    if (date === 'unreadable') return setProblem('Write a date such as August 14, 2024.')
    setProblem(undefined)
    addSignatory(open.edit, open.doc, {
      organization: text('organization'),
      ...(text('sector') === '' ? {} : { sector: text('sector') }),
      ...(date === undefined ? {} : { date }),
    })
    form.reset()
  }
  return (
    <div class="section">
      <h3>Signed by</h3>
      <ul class="links">
        <For each={signatories()} fallback={<li class="faint">Nobody yet.</li>}>
          {(each) => (
            <li class="link-head">
              <span>
                {[each.organization, each.sector, each.date && dateInWords(each.date)]
                  .filter(Boolean)
                  .join(', ')}
              </span>
              <Show when={open.canEdit()}>
                <IconButton
                  class="push"
                  icon="close"
                  label={`Remove ${each.organization}`}
                  onClick={() => removeSignatory(open.edit, open.doc, each.id)}
                />
              </Show>
            </li>
          )}
        </For>
      </ul>
      <Show when={open.canEdit()}>
        <form class="signing" onSubmit={submit}>
          <input
            class="bare"
            name="organization"
            aria-label="Organization"
            placeholder="Organization"
            autocomplete="off"
          />
          <div class="pair">
            <input class="bare" name="sector" aria-label="Sector" placeholder="Sector" autocomplete="off" />
            <input class="bare" name="date" aria-label="Date" placeholder="Date" autocomplete="off" />
          </div>
          <Show when={problem()}>
            <p class="error" role="alert">
              {problem()}
            </p>
          </Show>
          <Button icon="plus" kind="quiet" type="submit">
            Add
          </Button>
        </form>
      </Show>
    </div>
  )
}
