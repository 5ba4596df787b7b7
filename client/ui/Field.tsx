import { createSignal, createUniqueId, For, type JSX, Show, splitProps } from 'solid-js'
import { Icon } from './Icon.tsx'

/** What ties a control to its label, its help and its error. Spread it on the control. */
export interface FieldControl {
  readonly id: string
  readonly 'aria-describedby': string | undefined
  readonly 'aria-invalid': 'true' | undefined
}

interface FieldFrame {
  label: string
  /** One sentence. */
  help?: string | undefined
  /** One sentence of what to do. */
  error?: string | undefined
}

export interface FieldProps extends FieldFrame {
  children: (control: FieldControl) => JSX.Element
}

/** Label, one sentence of help, the control, one sentence when something is wrong. */
export function Field(props: FieldProps): JSX.Element {
  const id = createUniqueId()
  const control: FieldControl = {
    id,
    get 'aria-describedby'() {
      const parts = [props.help ? `${id}-help` : '', props.error ? `${id}-error` : ''].filter(Boolean)
      return parts.length > 0 ? parts.join(' ') : undefined
    },
    get 'aria-invalid'() {
      return props.error ? ('true' as const) : undefined
    },
  }
  return (
    <div class="field" classList={{ invalid: Boolean(props.error) }}>
      <label for={id}>{props.label}</label>
      <Show when={props.help}>
        <span class="help" id={`${id}-help`}>
          {props.help}
        </span>
      </Show>
      {props.children(control)}
      <Show when={props.error}>
        <span class="error" id={`${id}-error`}>
          <Icon name="alert" />
          {props.error}
        </span>
      </Show>
    </div>
  )
}

export interface TextFieldProps extends FieldFrame, Omit<JSX.InputHTMLAttributes<HTMLInputElement>, 'id'> {}

export function TextField(props: TextFieldProps): JSX.Element {
  const [frame, input] = splitProps(props, ['label', 'help', 'error'])
  return <Field {...frame}>{(control) => <input {...input} {...control} />}</Field>
}

/** A password, with a way to see what was typed. */
export function PasswordField(props: Omit<TextFieldProps, 'type'>): JSX.Element {
  const [frame, input] = splitProps(props, ['label', 'help', 'error'])
  const [isShown, setShown] = createSignal(false)
  return (
    <Field {...frame}>
      {(control) => (
        <span class="password">
          <input {...input} {...control} type={isShown() ? 'text' : 'password'} />
          <button
            type="button"
            class="link-button"
            aria-pressed={isShown()}
            onClick={() => setShown(!isShown())}
          >
            {isShown() ? 'Hide' : 'Show'}
            <span class="visually-hidden"> {props.label.toLowerCase()}</span>
          </button>
        </span>
      )}
    </Field>
  )
}

export interface LongTextFieldProps
  extends FieldFrame,
    Omit<JSX.TextareaHTMLAttributes<HTMLTextAreaElement>, 'id'> {}

export function LongTextField(props: LongTextFieldProps): JSX.Element {
  const [frame, area] = splitProps(props, ['label', 'help', 'error'])
  return <Field {...frame}>{(control) => <textarea {...area} {...control} />}</Field>
}

export interface SelectOption {
  value: string
  label: string
  /** Options with the same group stand together under its name. */
  group?: string
}

export interface SelectFieldProps extends FieldFrame {
  options: readonly SelectOption[]
  value: string
  onChange: (value: string) => void
  name?: string
}

/** One of many. The browser's own list: it is the best one on a phone. */
export function SelectField(props: SelectFieldProps): JSX.Element {
  const groups = () => [...new Set(props.options.map((option) => option.group))]
  const rows = (group: string | undefined) => (
    <For each={props.options.filter((option) => option.group === group)}>
      {(option) => (
        <option value={option.value} selected={option.value === props.value}>
          {option.label}
        </option>
      )}
    </For>
  )
  return (
    <Field label={props.label} help={props.help} error={props.error}>
      {(control) => (
        <select
          {...control}
          name={props.name}
          onChange={(event) => props.onChange(event.currentTarget.value)}
        >
          <For each={groups()}>
            {(group) => (
              <Show when={group} fallback={rows(undefined)}>
                <optgroup label={group}>{rows(group)}</optgroup>
              </Show>
            )}
          </For>
        </select>
      )}
    </Field>
  )
}

export interface CheckFieldProps {
  label: string
  help?: string
  checked: boolean
  onChange: (checked: boolean) => void
}

export function CheckField(props: CheckFieldProps): JSX.Element {
  const id = createUniqueId()
  return (
    <div class="field">
      <label class="choice" for={id}>
        <input
          id={id}
          type="checkbox"
          checked={props.checked}
          aria-describedby={props.help ? `${id}-help` : undefined}
          onChange={(event) => props.onChange(event.currentTarget.checked)}
        />
        {props.label}
      </label>
      <Show when={props.help}>
        <span class="help" id={`${id}-help`}>
          {props.help}
        </span>
      </Show>
    </div>
  )
}
