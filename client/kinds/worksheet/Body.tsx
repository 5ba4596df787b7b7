import { For, type JSX, Show } from 'solid-js'
import { Portal } from 'solid-js/web'
import { FormContext } from '../../form/form.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import type { BodyProps } from '../view.ts'
import { AddSection } from './AddSection.tsx'
import { Contents } from './Contents.tsx'
import { createPage } from './create-page.ts'
import { Dialogs } from './Dialogs.tsx'
import { Lede } from './Lede.tsx'
import { Onward } from './Onward.tsx'
import { PageContext, usePage } from './page.ts'
import { SectionView } from './SectionView.tsx'
import { Tools } from './Tools.tsx'
import './worksheet.css'

/** A worksheet, once its content is here. */
export function Body(props: BodyProps): JSX.Element {
  return <Show when={props.open.ready()}>{<OpenWorksheet {...props} />}</Show>
}

function OpenWorksheet(props: BodyProps): JSX.Element {
  const { page, form, said } = createPage(props)
  return (
    <PageContext.Provider value={page}>
      <FormContext.Provider value={form}>
        <Show when={props.frame.tools()}>
          {(place) => (
            <Portal mount={place()}>
              <Tools />
            </Portal>
          )}
        </Show>
        <div class="ws">
          <Contents />
          <div class="ws-sheet form-page">
            <Lede />
            <Sections />
            <AddSection />
            <Onward />
          </div>
        </div>
        <div class="visually-hidden" role="status" aria-live="polite">
          {said()}
        </div>
        <Dialogs />
      </FormContext.Provider>
    </PageContext.Provider>
  )
}

function Sections(): JSX.Element {
  const { sheet } = usePage()
  return (
    <For
      each={sheet.ids()}
      fallback={
        <div class="ws-empty">
          <EmptyState>A worksheet asks one thing at a time: add a section for each question.</EmptyState>
        </div>
      }
    >
      {(id, index) => (
        <Show when={sheet.section(id)}>
          {(section) => <SectionView section={section()} index={index()} />}
        </Show>
      )}
    </For>
  )
}
