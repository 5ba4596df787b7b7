import { For, type JSX, Show } from 'solid-js'
import { createsDocuments } from '#shared/access.ts'
import { asksThreeQuestions } from '#shared/kinds/worksheet/answers.ts'
import { Button } from '../../ui/Button.tsx'
import { NamedDocument } from './Links.tsx'
import { usePage } from './page.ts'

/** What the answers lead on to: a driver diagram, or those that were made of them. */
export function Onward(): JSX.Element {
  const { open, sheet, network, detail, nameOf, openDialog } = usePage()
  const asks = () => asksThreeQuestions(sheet.worksheet)
  const made = () => sheet.worksheet.became
  const mayMake = () => open.canEdit() && createsDocuments(network, detail().teamId)
  return (
    <Show when={asks() && (mayMake() || made().length > 0)}>
      <section class="ws-onward" aria-label="What comes next">
        <Show when={made().length > 0}>
          <div class="ws-made">
            <span class="label">Became</span>
            <ul>
              <For each={made()}>
                {({ documentId }) => (
                  <li>
                    <Show when={nameOf(documentId)} fallback={<span class="faint small">…</span>}>
                      {(named) => <NamedDocument named={named()} />}
                    </Show>
                  </li>
                )}
              </For>
            </ul>
          </div>
        </Show>
        <Show when={mayMake()}>
          <div class="row-wide no-print">
            <Button
              kind={made().length === 0 ? 'primary' : 'plain'}
              icon="diagram"
              onClick={() => openDialog({ kind: 'diagram' })}
            >
              Make a driver diagram of this…
            </Button>
            <span class="label">First you see what it will hold.</span>
          </div>
        </Show>
      </section>
    </Show>
  )
}
