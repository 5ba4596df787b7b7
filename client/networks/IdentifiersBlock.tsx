import { createSignal, type JSX, Show } from 'solid-js'
import type { IdentifierMode, Network } from '#shared/network.ts'
import { answer, api } from '../api.ts'
import { Button } from '../ui/Button.tsx'
import { Choices } from '../ui/Choices.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { LongTextField } from '../ui/Field.tsx'
import { Notice } from '../ui/Notice.tsx'
import { createSubmit, textOf } from '../ui/submit.ts'

interface IdentifiersProps {
  network: Network
  changed: () => void
}

/** What the network does about students' identifiers, for those who decide it. */
export function IdentifiersBlock(props: IdentifiersProps): JSX.Element {
  const [isOpen, setOpen] = createSignal(false)
  const guard = () => props.network.identifierGuard
  return (
    <section class="block" aria-labelledby="identifiers">
      <h2 id="identifiers">Student identifiers</h2>
      <p class="small quiet">{explanations[guard().mode]}</p>
      <p class="small quiet">
        <Show
          when={guard().schoolDomains.length > 0}
          fallback="No school domains are named yet, so students’ email addresses are not noticed."
        >
          Students’ addresses end in {guard().schoolDomains.join(', ')}.
        </Show>
      </p>
      <div class="row-wide">
        <Button icon="edit" onClick={() => setOpen(true)}>
          Change
          <span class="visually-hidden"> what is done about student identifiers</span>
        </Button>
      </div>
      <IdentifiersDialog {...props} open={isOpen()} onClose={() => setOpen(false)} />
    </section>
  )
}

const explanations: Readonly<Record<IdentifierMode, string>> = {
  warn: 'Whoever writes or pastes something that looks like a date of birth, an ID number or a class list is warned, and decides.',
  block:
    'What looks like a date of birth, an ID number or a class list can be masked or left out, not pasted, imported or sent in a form.',
}

function IdentifiersDialog(props: IdentifiersProps & { open: boolean; onClose: () => void }): JSX.Element {
  return (
    <Dialog open={props.open} onClose={props.onClose} title="Student identifiers">
      <IdentifiersForm {...props} />
    </Dialog>
  )
}

const question = 'When something looks like one'

/** The server names the one that is wrong. */
const domainFields = Array.from({ length: 50 }, (_, index) => `schoolDomains.${index}`)

function IdentifiersForm(props: IdentifiersProps & { onClose: () => void }): JSX.Element {
  const [mode, setMode] = createSignal(props.network.identifierGuard.mode)
  const submit = createSubmit(['schoolDomains', ...domainFields], async (values) => {
    const json = {
      mode: mode(),
      schoolDomains: textOf(values, 'schoolDomains')
        .split(/[\s,;]+/)
        .filter(Boolean),
    }
    await answer(api.networks[':id']['identifier-guard'].$put({ param: { id: props.network.id }, json }))
    props.changed()
    props.onClose()
  })
  const domainsError = () => {
    const at = domainFields.findIndex((field) => submit.error(field) !== undefined)
    return at === -1
      ? submit.error('schoolDomains')
      : `Domain ${at + 1}: ${submit.error(domainFields[at] ?? '')}`
  }
  return (
    <form class="form" novalidate onSubmit={submit.onSubmit}>
      <Show when={submit.problem()}>{(problem) => <Notice tone="wrong">{problem()}</Notice>}</Show>
      <div class="field">
        <span class="field-label" aria-hidden="true">
          {question}
        </span>
        <Choices
          label={question}
          value={mode()}
          onChange={setMode}
          options={[
            { value: 'warn', label: 'Warn' },
            { value: 'block', label: 'Block' },
          ]}
        />
        <span class="help" role="status">
          {explanations[mode()]}
        </span>
      </div>
      <LongTextField
        label="School domains"
        help="What stands behind the @ in students’ addresses, one a line. Leave out domains that staff use too."
        name="schoolDomains"
        rows={3}
        autocomplete="off"
        spellcheck={false}
        placeholder="students.example.org"
        value={props.network.identifierGuard.schoolDomains.join('\n')}
        error={domainsError()}
      />
      <div class="actions">
        <Button type="submit" kind="primary" busy={submit.isBusy()}>
          Save
        </Button>
      </div>
    </form>
  )
}
