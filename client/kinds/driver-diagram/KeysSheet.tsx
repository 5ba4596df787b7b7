import { For } from 'solid-js'
import { Dialog } from '../../ui/Dialog.tsx'
import { isMac, type Key, keys } from './keyboard.ts'

const groups: readonly Key['group'][] = ['Write', 'Move', 'Look around']

/** Every key of the diagram, from the same table that answers to them. */
export function KeysSheet(props: { open: boolean; onClose: () => void }) {
  const modifier = isMac() ? '⌘' : 'Ctrl'
  const linesOf = (group: Key['group']) => keys.filter((key) => key.group === group && key.words !== '')
  return (
    <Dialog open={props.open} onClose={props.onClose} title="Keys" wide>
      <div class="keys-sheet">
        <For each={groups}>
          {(group) => (
            <section>
              <h3>{group}</h3>
              <dl>
                <For each={linesOf(group)}>
                  {(key) => (
                    <div>
                      <dt>
                        <For each={key.shown}>
                          {(name) =>
                            name.startsWith('or ') ? (
                              <span>{name}</span>
                            ) : (
                              <kbd>{name === 'Mod' ? modifier : name}</kbd>
                            )
                          }
                        </For>
                      </dt>
                      <dd>{key.words}</dd>
                    </div>
                  )}
                </For>
              </dl>
            </section>
          )}
        </For>
        <p class="hint">
          Drag a card along its column to change its place, onto a card in another column to move it there.
          Drag from the dot at the left end of its line to link it. A pasted outline, or rows from a
          spreadsheet, becomes cards.
        </p>
      </div>
    </Dialog>
  )
}
