import { createSignal, createUniqueId, type JSX, Show } from 'solid-js'
import { Icon } from '../ui/Icon.tsx'
import { useForm } from './form.ts'
import './form.css'
import { classes, personClass, Whereabouts } from './Whereabouts.tsx'

/** What every field says around its control. */
export interface FieldSaying {
  /** The part of the document that it shows: others see who is there, and links lead to it. */
  at: string
  label: string
  /** What to write, in one sentence. */
  guidance?: string | undefined
  /** How others have written it, shown when it is asked for. */
  example?: string | undefined
  /** What is wrong with what was written, and what is accepted. */
  problem?: string | undefined
  /** The label is said but not drawn, where the place makes clear what is asked. */
  quiet?: boolean | undefined
}

/** What ties a control to its frame: spread it on the control. */
export interface FrameControl {
  readonly id: string
  readonly 'aria-describedby': string | undefined
  readonly 'aria-invalid': 'true' | undefined
}

export interface FieldFrameProps extends FieldSaying {
  /** The control is no single element, so that it cannot be labelled by one: it names itself. */
  isGroup?: boolean
  class?: string
  children: (control: FrameControl) => JSX.Element
}

/** Label, guidance beside it, an example on demand, the control, and a sentence when something is wrong. */
export function FieldFrame(props: FieldFrameProps): JSX.Element {
  const { peopleAt } = useForm()
  const id = createUniqueId()
  const control: FrameControl = {
    id,
    get 'aria-describedby'() {
      const parts = [props.guidance ? `${id}-guidance` : '', props.problem ? `${id}-problem` : '']
      return parts.filter(Boolean).join(' ') || undefined
    },
    get 'aria-invalid'() {
      return props.problem ? ('true' as const) : undefined
    },
  }
  const others = () => peopleAt(props.at)
  return (
    <div
      class={classes('form-field', props.class ?? '', personClass(others()), {
        'is-theirs': others().length > 0,
        invalid: props.problem !== undefined,
      })}
      data-at={props.at}
    >
      <Show
        when={!props.isGroup}
        fallback={
          <span class="field-label" classList={{ 'visually-hidden': props.quiet === true }}>
            {props.label}
          </span>
        }
      >
        <label class="field-label" classList={{ 'visually-hidden': props.quiet === true }} for={id}>
          {props.label}
        </label>
      </Show>
      <div class="form-control">
        {props.children(control)}
        <Whereabouts people={others()} />
      </div>
      <Show when={props.guidance ?? props.example}>
        <Guidance id={`${id}-guidance`} {...props} />
      </Show>
      <Show when={props.problem}>
        {(problem) => (
          <p class="form-problem" id={`${id}-problem`} role="alert">
            <Icon name="alert" />
            {problem()}
          </p>
        )}
      </Show>
    </div>
  )
}

function Guidance(props: { id: string } & FieldSaying): JSX.Element {
  const [isShown, setShown] = createSignal(false)
  return (
    <div class="form-guidance hint no-print">
      <span id={props.id}>{props.guidance}</span>{' '}
      <Show when={props.example}>
        {(example) => (
          <>
            <button
              type="button"
              class="link-button"
              aria-expanded={isShown()}
              onClick={() => setShown(!isShown())}
            >
              {isShown() ? 'Hide the example' : 'Example'}
              <span class="visually-hidden"> for {props.label}</span>
            </button>
            <Show when={isShown()}>
              <q class="form-example">{example()}</q>
            </Show>
          </>
        )}
      </Show>
    </div>
  )
}
