import { createSignal, For, onCleanup, Show } from 'solid-js'
import { type Check, fixNames } from '#shared/kinds/driver-diagram/checks.ts'
import { repairDiagram } from '#shared/kinds/driver-diagram/edits.ts'
import { aimId } from '#shared/kinds/driver-diagram/model.ts'
import { Icon } from '../../ui/Icon.tsx'
import { type Page, usePage } from './page.ts'
import { spelledCount } from './words.ts'

/** How many are listed at once; the rest comes up as these are done. */
const most = 5

/** "Two things to look at": the checks in a line. */
export function checksTitle(diagram: Pick<Page['diagram'], 'checks'>): string {
  const count = looksOf(diagram).length
  if (count === 0) return 'Nothing to look at'
  return `${spelledCount(count)} ${count === 1 ? 'thing' : 'things'} to look at`
}

const looksOf = (diagram: Pick<Page['diagram'], 'checks'>): readonly Check[] =>
  diagram.checks().filter((check) => check.state === 'look')

/** What may want a look, live, beside the work and never in its way. Each with the step that answers it. */
export function Checks(props: { onHide: () => void; floats?: boolean; onHeight?: (height: number) => void }) {
  const page = usePage()
  const { diagram, open } = page
  const looks = () => looksOf(diagram)
  const fine = () => diagram.checks().filter((check) => check.state === 'ok')
  const watchHeight = (element: HTMLElement) => {
    const tell = props.onHeight
    if (!tell) return
    const resized = new ResizeObserver(() => tell(element.scrollHeight))
    resized.observe(element)
    onCleanup(() => resized.disconnect())
  }
  return (
    <section
      ref={watchHeight}
      class="checks no-print"
      classList={{ floats: props.floats === true }}
      aria-label="Checks"
    >
      <h2>
        {checksTitle(diagram)}
        <button type="button" class="link-button push" onClick={() => props.onHide()}>
          Hide
        </button>
      </h2>
      <ul>
        <For each={looks().slice(0, most)}>
          {(check) => (
            <li>
              <Icon name="alert" />
              <span>
                {check.message}{' '}
                <Show
                  when={open.canEdit() && check.fix}
                  fallback={
                    <Show when={check.cards[0]}>
                      <button
                        type="button"
                        class="link-button"
                        onClick={() => answer(page, { ...check, fix: undefined })}
                      >
                        Show it
                      </button>
                    </Show>
                  }
                >
                  {(fix) => (
                    <button type="button" class="link-button" onClick={() => answer(page, check)}>
                      {fixNames[fix()]}
                    </button>
                  )}
                </Show>
              </span>
            </li>
          )}
        </For>
        <Show when={looks().length > most}>
          <li>
            <span />
            <span>and {looks().length - most} more</span>
          </li>
        </Show>
        <For each={fine()}>
          {(check) => (
            <li class="ok">
              <Icon name="check" />
              <span>{check.message}</span>
            </li>
          )}
        </For>
      </ul>
    </section>
  )
}

/** The step that a check offers: one press, and one is where it is done. */
function answer(page: Page, check: Omit<Check, 'fix'> & { fix?: Check['fix'] | undefined }): void {
  const { open, diagram, commands } = page
  const card = check.cards[0]
  if (check.fix === 'repair') {
    repairDiagram(open.edit, open.doc)
    diagram.flush()
    page.say('Repaired.')
  } else if (card !== undefined && diagram.card(card)) {
    commands.goTo(card, page.view() === 'diagram' ? check.links[0] : undefined)
    remedy(page, check.fix, card, check.links[0])
  }
}

function remedy(page: Page, fix: Check['fix'] | undefined, card: string, link: string | undefined): void {
  const { selection, commands } = page
  switch (fix) {
    case 'link-it':
      page.openDialog({ kind: 'link', card })
      break
    case 'add-idea':
      commands.addIdea(card)
      break
    case 'write-it':
    case 'shorten-it':
      selection.edit(card, selection.link())
      break
    case 'say-why':
      page.openPanel(true, { link })
      break
    case 'edit-aim':
      commands.goTo(aimId)
      page.openPanel(true)
  }
}

/** In the outline the checks are a line above it that opens. */
export function OutlineChecks() {
  const { diagram } = usePage()
  const [isOpen, setOpen] = createSignal(false)
  return (
    <>
      <div class="row checks-line">
        <button
          type="button"
          class="link-button push small"
          aria-expanded={isOpen()}
          onClick={() => setOpen(!isOpen())}
        >
          {checksTitle(diagram)}
        </button>
      </div>
      <Show when={isOpen()}>
        <Checks onHide={() => setOpen(false)} />
      </Show>
    </>
  )
}
