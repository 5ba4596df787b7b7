import { type Accessor, createEffect, createSignal } from 'solid-js'
import { isOtherwise } from '#shared/kinds/worksheet/model.ts'
import { createForm, type Form } from '../../form/form.ts'
import type { BodyProps } from '../view.ts'
import { createNamed } from './create-named.ts'
import { createSheet } from './create-sheet.ts'
import { createWorkspace } from './create-workspace.ts'
import { createFollowing } from './following.ts'
import type { OpenDialog, Page } from './page.ts'
import { goByAddress, goToSection, sectionElement } from './section-address.ts'
import { throughItems } from './through-items.ts'

export interface CreatedPage {
  readonly page: Page
  readonly form: Form
  /** What was said last to those who hear the page. */
  readonly said: Accessor<string>
}

/** Everything that an open worksheet decides; `Body` draws it. */
export function createPage(props: BodyProps): CreatedPage {
  const { open, me, network } = props
  const sheet = createSheet(open.doc, (section, by) => {
    // Who removes a section goes on; only a colleague's removal is met by surprise.
    return by !== me.id && sectionElement(section)?.contains(document.activeElement) === true
  })
  const [dialog, openDialog] = createSignal<OpenDialog>()
  const [said, say] = createSignal('', { equals: false })
  const workspace = createWorkspace({
    network,
    teamId: () => props.detail.teamId,
    sections: () => sheet.worksheet.sections,
  })
  const page: Page = {
    open,
    me,
    network,
    detail: () => props.detail,
    sheet,
    isOther: () => isOtherwise(sheet.worksheet),
    workspace,
    nameOf: createNamed({ id: open.id, networkId: network.id }, sheet.worksheet),
    dialog,
    openDialog,
    goTo: goToSection,
    say,
  }
  createEffect(() => props.frame.setThroughLine(throughItems(page)))
  goByAddress(page)
  createFollowing(props.frame, page)
  return { page, form: createForm({ open, me, network }), said }
}
