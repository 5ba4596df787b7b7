import { type JSX, Match, Show, Switch } from 'solid-js'
import { kinds } from '#shared/kinds/index.ts'
import { itemsOf, type Section } from '#shared/kinds/worksheet/model.ts'
import { Rows } from '../../form/Rows.tsx'
import { Icon } from '../../ui/Icon.tsx'
import type { Named } from './create-named.ts'
import { usePage } from './page.ts'
import { itemsAt } from './section-address.ts'

type LinksSection = Extract<Section, { type: 'links' }>

/** Documents of the network, or parts of them, with a word on each. */
export function Links(props: { section: LinksSection }): JSX.Element {
  const { openDialog } = usePage()
  return (
    <div class="ws-links">
      <Rows
        at={itemsAt(props.section.id)}
        list={itemsOf(props.section.id)}
        label={props.section.heading}
        quiet
        one="document"
        texts={['note']}
        columns={[
          {
            name: 'document',
            label: 'Document',
            width: '1.2fr',
            cell: (row) => <LinkTo section={props.section} row={row} />,
          },
          { name: 'note', label: 'What it has to do with this', width: '1fr' },
        ]}
        onAdd={() => openDialog({ kind: 'link', section: props.section.id })}
        empty="Nothing is named yet."
      />
    </div>
  )
}

function LinkTo(props: { section: LinksSection; row: string }): JSX.Element {
  const { nameOf } = usePage()
  const link = () => props.section.links.find(({ id }) => id === props.row)
  const named = () => {
    const found = link()
    return found && nameOf(found.documentId, found.part)
  }
  return (
    <Show when={named()} fallback={<span class="faint small">…</span>}>
      {(found) => <NamedDocument named={found()} />}
    </Show>
  )
}

/** A document by its name, or whose it is for those who may not see it. */
export function NamedDocument(props: { named: Named }): JSX.Element {
  return (
    <Switch>
      <Match when={'privateTo' in props.named && props.named}>
        {(hidden) => (
          <span class="small quiet row">
            <Icon name="lock" />
            private to {hidden().privateTo}
          </span>
        )}
      </Match>
      <Match when={'href' in props.named && props.named}>
        {(found) => (
          <span class="ws-named">
            <a href={found().href}>{found().part ?? found().title}</a>
            <span class="label">
              {found().part === undefined ? kinds[found().kind].label : found().title}
            </span>
          </span>
        )}
      </Match>
    </Switch>
  )
}
