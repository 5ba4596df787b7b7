import { Show } from 'solid-js'
import { Portal } from 'solid-js/web'
import { aimId } from '#shared/kinds/driver-diagram/model.ts'
import type { BodyProps } from '../view.ts'
import { AimPanel } from './AimPanel.tsx'
import { CardPanel } from './CardPanel.tsx'
import { createPage } from './create-page.ts'
import { DiagramView } from './DiagramView.tsx'
import { Dialogs } from './Dialogs.tsx'
import './diagram.css'
import { OutlineView } from './OutlineView.tsx'
import { PageContext, usePage } from './page.ts'
import { Tools } from './Tools.tsx'

/** A driver diagram, once its content is here. */
export function Body(props: BodyProps) {
  return <Show when={props.open.ready()}>{<OpenDiagram {...props} />}</Show>
}

function OpenDiagram(props: BodyProps) {
  const { page, setView, said, takeWork, takePanel } = createPage(props)
  return (
    <PageContext.Provider value={page}>
      <Show when={props.frame.tools()}>
        {(place) => (
          <Portal mount={place()}>
            <Tools onView={setView} />
          </Portal>
        )}
      </Show>
      <div class="diagram-body">
        <div class="work">
          <Show when={page.view() === 'diagram'} fallback={<OutlineView elementRef={takeWork} />}>
            <DiagramView elementRef={takeWork} />
          </Show>
        </div>
        <Show when={page.isPanelOpen()}>
          <SidePanel elementRef={takePanel} />
        </Show>
      </div>
      <div class="visually-hidden" role="status" aria-live="polite">
        {said()}
      </div>
      <Dialogs />
    </PageContext.Provider>
  )
}

/** What is known of the chosen card; of the aim while nothing is chosen. */
function SidePanel(props: { elementRef: (panel: HTMLElement) => void }) {
  const { selection, openPanel } = usePage()
  const card = () => (selection.card() === aimId ? undefined : selection.card())
  return (
    <aside
      ref={props.elementRef}
      class="panel"
      tabIndex={-1}
      aria-label={card() === undefined ? 'Aim' : 'Card'}
      onKeyDown={(event) => {
        // A dialog that was opened from here hears its own Escape; it stands elsewhere in the page.
        const isInside = event.target instanceof Node && event.currentTarget.contains(event.target)
        if (event.key === 'Escape' && isInside && !event.defaultPrevented) openPanel(false)
      }}
    >
      <Show when={card()} fallback={<AimPanel />}>
        {(id) => <CardPanel card={id()} />}
      </Show>
    </aside>
  )
}
