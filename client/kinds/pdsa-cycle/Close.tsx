import type { JSX } from 'solid-js'
import type { TransitionAnswer } from '#shared/document.ts'
import { setTick } from '#shared/kinds/pdsa-cycle/edits.ts'
import { TickField } from '../../form/TickField.tsx'
import { showToast } from '../../ui/toasts.tsx'
import type { Theory } from './create-theory.ts'
import { createWithdrawal } from './create-withdrawal.ts'
import { Onward } from './Onward.tsx'
import { usePage } from './page.ts'
import { consequenceOf, doneWords } from './theory-words.ts'

/** Closing the cycle, and saying what became of the theory. */
export function Close(props: { theory: Theory }): JSX.Element {
  const { open, model } = usePage()
  const withdrawal = createWithdrawal(props.theory)
  const consequence = () => consequenceOf(model(), props.theory.diagram())
  const barrier = () => (consequence()?.isRefused ? consequence()?.sentence : undefined)

  const sayWhatBecame = ({ asked }: TransitionAnswer) => {
    const { theory, theoryLink: link, idea } = model()
    const [revision] = asked
    if (revision === undefined || theory === undefined || theory === 'leave') return
    if (revision.outcome === 'proposed' || idea === undefined || link === undefined)
      showToast({ text: 'The change waits on the diagram as a proposal.' })
    else
      showToast({
        text: doneWords[theory],
        action: { label: 'Undo', run: () => void withdrawal.run({ documentId: idea.documentId, link }) },
      })
  }

  return (
    <>
      <div class="part form-section">
        <TickField
          at="shareLearning"
          label="Share what was learned with the network"
          guidance="Other teams find it on the boards, with the conditions under which it was found."
          checked={model().shareLearning === true}
          onChange={(isSet) => setTick(open.edit, open.doc, 'shareLearning', isSet)}
        />
      </div>
      <Onward step="close" barrier={barrier()} onTaken={sayWhatBecame} />
    </>
  )
}
