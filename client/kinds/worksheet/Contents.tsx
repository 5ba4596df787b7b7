import { For, type JSX, Show } from 'solid-js'
import { isAnswered } from '#shared/kinds/worksheet/content.ts'
import { headingShown } from '#shared/kinds/worksheet/model.ts'
import { Avatar } from '../../ui/Avatar.tsx'
import { usePage } from './page.ts'
import { sectionAt } from './section-address.ts'

/** The sections along a line: which are written, and where the others are. */
export function Contents(): JSX.Element {
  const { open, sheet } = usePage()
  const peopleIn = (section: string) =>
    open.people().filter(({ self, at }) => !self && at !== undefined && sectionAt(at) === section)
  return (
    <nav class="ws-contents no-print" aria-label="Sections">
      <ol>
        <For each={sheet.ids()}>
          {(id) => (
            <Show when={sheet.section(id)}>
              {(section) => (
                <li classList={{ 'is-written': isAnswered(section()) }}>
                  <a href={`/documents/${open.id}#${id}`}>
                    <SectionName id={id} />
                    <span class="visually-hidden">
                      {isAnswered(section()) ? ', written' : ', nothing yet'}
                    </span>
                  </a>
                  <For each={peopleIn(id)}>{(person) => <Avatar person={person} size="small" />}</For>
                </li>
              )}
            </Show>
          )}
        </For>
      </ol>
    </nav>
  )
}

function SectionName(props: { id: string }): JSX.Element {
  const { sheet, isOther } = usePage()
  const name = () => {
    const section = sheet.section(props.id)
    return section === undefined ? '' : headingShown(section, isOther()).trim()
  }
  return <>{name() || 'Without a heading'}</>
}
