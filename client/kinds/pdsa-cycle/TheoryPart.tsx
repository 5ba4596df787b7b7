import { type JSX, Match, Show, Switch } from 'solid-js'
import { setTheory } from '#shared/kinds/pdsa-cycle/edits.ts'
import { type TheoryChange, theoryChanges } from '#shared/kinds/pdsa-cycle/model.ts'
import { choiceNames } from '#shared/kinds/pdsa-cycle/words.ts'
import { ChoiceField } from '../../form/ChoiceField.tsx'
import { FieldFrame } from '../../form/FieldFrame.tsx'
import { Icon } from '../../ui/Icon.tsx'
import type { Diagram, Theory } from './create-theory.ts'
import { Long } from './Fields.tsx'
import { usePage } from './page.ts'
import type { IdeaTheory, TheoryLink } from './theory.ts'
import { consequenceOf, whyNoLink } from './theory-words.ts'

/** What the cycle says of the theory: of the link between its idea and a driver. */
export function TheoryPart(props: { theory: Theory }): JSX.Element {
  const { stage } = usePage()
  const diagram = props.theory.diagram
  return (
    <section class="part form-section theory" aria-labelledby="theory">
      <h3 id="theory">What happens to the theory</h3>
      <Switch fallback={<ChangeField />}>
        <Match when={diagram().kind === 'none'}>
          <p class="faint small">This cycle tests no change idea of a diagram.</p>
        </Match>
        <Match when={knownOf(diagram())}>{(known) => <Links theory={known().theory} />}</Match>
      </Switch>
      <Show when={stage() !== 'closed'}>
        <Outcome diagram={diagram()} />
      </Show>
      <Why />
    </section>
  )
}

const knownOf = (diagram: Diagram) => (diagram.kind === 'known' ? diagram : undefined)

/** Of which link it is said, where there are several; for redraw, where the idea leads instead. */
function Links(props: { theory: IdeaTheory }): JSX.Element {
  const { model } = usePage()
  const changes = () => model().theory !== undefined && model().theory !== 'leave'
  /** The only link there is need not be asked for, unless another one was chosen that is gone. */
  const asksWhich = () =>
    props.theory.links.length > 1 || linkOf(props.theory, model().theoryLink) === undefined
  return (
    <>
      <p class="small quiet">
        <Show
          when={whyNoLink(props.theory)}
          fallback={`The diagram says that “${props.theory.idea?.title}” moves ${driversOf(props.theory)}. What does this cycle say?`}
        >
          {(words) => words()}
        </Show>
      </p>
      <ChangeField theory={props.theory} />
      <Show when={changes() && props.theory.links.length > 0 && asksWhich()}>
        <LinkField theory={props.theory} />
      </Show>
      <Show when={model().theory === 'redraw'}>
        <InsteadField theory={props.theory} />
      </Show>
    </>
  )
}

const driversOf = ({ links }: IdeaTheory): string =>
  links.map(({ driver, strength }) => `“${driver.title}” (${strength})`).join(' and ')

const linkOf = ({ links }: IdeaTheory, id: string | undefined): TheoryLink | undefined =>
  links.find((link) => link.id === id)

function ChangeField(props: { theory?: IdeaTheory }): JSX.Element {
  const { open, model } = usePage()
  const choose = (change: TheoryChange | undefined) => {
    const { theoryLink } = model()
    const link =
      props.theory === undefined
        ? theoryLink
        : (linkOf(props.theory, theoryLink) ?? props.theory.links[0])?.id
    const to = model().theoryTo
    setTheory(open.edit, open.doc, {
      change,
      ...(link === undefined ? {} : { link }),
      ...(to === undefined ? {} : { to }),
    })
  }
  return (
    <ChoiceField
      at="theory"
      label="The link on the diagram"
      quiet
      options={theoryChanges.map((value) => ({ value, label: choiceNames.theory[value] }))}
      value={model().theory}
      onChange={choose}
    />
  )
}

function LinkField(props: { theory: IdeaTheory }): JSX.Element {
  const { open, model } = usePage()
  return (
    <ChoiceField
      at="theoryLink"
      label="Which link"
      stacked
      options={props.theory.links.map(({ id, driver, strength }) => ({
        value: id,
        label: driver.title,
        about: `${strength} link`,
      }))}
      value={model().theoryLink}
      onChange={(link) =>
        setTheory(open.edit, open.doc, {
          change: model().theory,
          ...(link === undefined ? {} : { link }),
          ...optional('to', model().theoryTo),
        })
      }
    />
  )
}

function InsteadField(props: { theory: IdeaTheory }): JSX.Element {
  const { open, model } = usePage()
  const chosen = () => props.theory.others.find(({ id }) => id === model().theoryTo)
  const choose = (to: string) =>
    setTheory(open.edit, open.doc, {
      change: 'redraw',
      ...optional('link', model().theoryLink),
      ...(to === '' ? {} : { to }),
    })
  return (
    <FieldFrame at="theoryTo" label="The idea leads instead to">
      {(control) => (
        <Show
          when={open.canEdit()}
          fallback={<span class="form-words">{chosen()?.title ?? 'Not chosen'}</span>}
        >
          <select {...control} onChange={(event) => choose(event.currentTarget.value)}>
            <option value="" selected={chosen() === undefined}>
              Choose a driver
            </option>
            {props.theory.others.map(({ id, title }) => (
              <option value={id} selected={id === model().theoryTo}>
                {title}
              </option>
            ))}
          </select>
        </Show>
      )}
    </FieldFrame>
  )
}

const optional = <Name extends string>(name: Name, value: string | undefined) =>
  (value === undefined ? {} : { [name]: value }) as { readonly [N in Name]?: string }

/** Said before closing: at once, as a proposal, or not at all. */
function Outcome(props: { diagram: Diagram }): JSX.Element {
  const { model } = usePage()
  const consequence = () => consequenceOf(model(), props.diagram)
  return (
    <Show when={consequence()}>
      {(found) => (
        <p class="outcome small" classList={{ waits: found().isRefused === true }} role="status">
          <Icon name={found().isRefused ? 'alert' : 'diagram'} />
          <span>{found().sentence}</span>
        </p>
      )}
    </Show>
  )
}

function Why(): JSX.Element {
  return (
    <Long
      field="theoryWhy"
      guidance="One or two sentences, for those who read the diagram. Left empty, what was learned stands there."
      example="A call by someone the family has met brings students back; a call by a stranger does not."
      placeholder="Write here"
    />
  )
}
