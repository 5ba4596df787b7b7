import { Match, Switch } from 'solid-js'
import { ImportDialog } from './ImportDialog.tsx'
import { KeysSheet } from './KeysSheet.tsx'
import { LinkPicker } from './LinkPicker.tsx'
import { PasteDialog } from './PasteDialog.tsx'
import { usePage } from './page.ts'

/** The window that lies over the diagram, if any. */
export function Dialogs() {
  const page = usePage()
  const close = () => page.openDialog(undefined)
  const of = <Kind extends string>(kind: Kind) => {
    const dialog = page.dialog()
    return dialog?.kind === kind ? (dialog as Extract<typeof dialog, { kind: Kind }>) : undefined
  }
  return (
    <Switch>
      <Match when={of('keys')}>
        <KeysSheet open onClose={close} />
      </Match>
      <Match when={of('paste')} keyed>
        {(dialog) => (
          <PasteDialog
            text={dialog.text}
            {...(dialog.under === undefined ? {} : { under: dialog.under })}
            onClose={close}
          />
        )}
      </Match>
      <Match when={of('import')}>
        <ImportDialog onClose={close} />
      </Match>
      <Match when={of('link')}>{(dialog) => <LinkPicker card={dialog().card} onClose={close} />}</Match>
    </Switch>
  )
}
