import { createContext, onCleanup, onMount, useContext } from 'solid-js'
import type { Network } from '#shared/network.ts'
import type { Me } from '#shared/people.ts'
import type { OpenDocument } from '../sync/open-document.ts'
import type { PresentPerson } from '../sync/presence.ts'
import { createEditorPlaces, type EditorPlaces } from './editor-places.ts'
import { createPeopleAt } from './people-at.ts'

/** What the fields of one open document share. */
export interface Form {
  readonly open: OpenDocument
  readonly me: Me
  /** Colleagues who stand in a part of the document. */
  peopleAt(part: string): readonly PresentPerson[]
  /** The name of someone of the network by account, or undefined. */
  nameOf(account: string): string | undefined
  /** Which long texts have an editor at the moment. */
  readonly editors: EditorPlaces
}

export interface FormOptions {
  readonly open: OpenDocument
  readonly me: Me
  readonly network: Network
}

export const FormContext = createContext<Form>()

/** The form around a field. Draw fields inside `<FormContext.Provider value={createForm(…)}>`. */
export function useForm(): Form {
  const form = useContext(FormContext)
  if (!form) throw new Error('A field was drawn outside of its form.')
  return form
}

/**
 * A page of fields that several people fill in at once. Each field names the part of the document that it shows (`at`);
 * where someone stands, the others see a ring with their name.
 */
export function createForm({ open, me, network }: FormOptions): Form {
  announceWhereabouts(open)
  return {
    open,
    me,
    peopleAt: createPeopleAt(open),
    nameOf: (account) => network.members.find(({ person }) => person.id === account)?.person.name,
    editors: createEditorPlaces(),
  }
}

/** The part of the document that an element shows or stands in. */
export const partOf = (element: EventTarget | null): string | undefined =>
  element instanceof Element ? element.closest<HTMLElement>('[data-at]')?.dataset.at : undefined

/** Puts the keyboard into the first field of a part of the page, or on its first button where there is none. */
export function focusFirst(place: ParentNode): void {
  const field = 'textarea, input, [role="textbox"], [role="radio"][tabindex="0"]'
  const first = place.querySelector<HTMLElement>(field) ?? place.querySelector<HTMLElement>('button')
  first?.focus({ preventScroll: true })
}

/** Others see in which field this reader is; one who leaves for another window is still there. */
function announceWhereabouts(open: OpenDocument): void {
  const onFocusIn = (event: FocusEvent) => {
    const at = partOf(event.target)
    if (at !== undefined) open.announce({ at })
  }
  const onFocusOut = (event: FocusEvent) => {
    if (document.hasFocus() && partOf(event.relatedTarget) === undefined) open.announce({ at: undefined })
  }
  onMount(() => {
    document.addEventListener('focusin', onFocusIn)
    document.addEventListener('focusout', onFocusOut)
  })
  onCleanup(() => {
    document.removeEventListener('focusin', onFocusIn)
    document.removeEventListener('focusout', onFocusOut)
    open.announce({ at: undefined })
  })
}
