import { type JSX, Match, Switch } from 'solid-js'
import { DiagramDialog } from './DiagramDialog.tsx'
import { GuidanceDialog } from './GuidanceDialog.tsx'
import { LinkDialog } from './LinkDialog.tsx'
import { NewTableDialog } from './NewTableDialog.tsx'
import type { OpenDialog } from './page.ts'
import { usePage } from './page.ts'

/** The window that lies over the worksheet, if any. */
export function Dialogs(): JSX.Element {
  const { dialog, openDialog } = usePage()
  const close = () => openDialog(undefined)
  const of = <Kind extends OpenDialog['kind']>(kind: Kind) => {
    const shown = dialog()
    return shown?.kind === kind ? (shown as Extract<OpenDialog, { kind: Kind }>) : undefined
  }
  return (
    <Switch>
      <Match when={of('guidance')} keyed>
        {({ section }) => <GuidanceDialog section={section} onClose={close} />}
      </Match>
      <Match when={of('table')} keyed>
        {({ after }) => <NewTableDialog after={after} onClose={close} />}
      </Match>
      <Match when={of('link')} keyed>
        {({ section }) => <LinkDialog section={section} onClose={close} />}
      </Match>
      <Match when={of('diagram')}>
        <DiagramDialog onClose={close} />
      </Match>
    </Switch>
  )
}
