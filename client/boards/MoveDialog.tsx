import { For, type JSX, Show } from 'solid-js'
import { AppError } from '#shared/errors.ts'
import { kinds } from '#shared/kinds/index.ts'
import { Button, LinkButton } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { LongTextField } from '../ui/Field.tsx'
import { Notice } from '../ui/Notice.tsx'
import { createSubmit, textOf } from '../ui/submit.ts'
import type { AskedMove, Moves } from './create-moves.ts'

/** What a step wants before it is taken, or what is missing for it, each with the place where it can be mended. */
export function MoveDialog(props: { moves: Moves }): JSX.Element {
  return (
    <Show when={props.moves.asked()}>
      {(asked) => (
        <Dialog open onClose={props.moves.cancel} title={titleOf(asked())}>
          <Show when={asked().problems.length > 0} fallback={<Before asked={asked()} moves={props.moves} />}>
            <Missing asked={asked()} moves={props.moves} />
          </Show>
        </Dialog>
      )}
    </Show>
  )
}

const transitionOf = ({ card, move }: AskedMove) => kinds[card.document.kind].transitions?.[move.step]

const titleOf = (asked: AskedMove): string => transitionOf(asked)?.label ?? 'Move'

const hrefOf = ({ card }: AskedMove, part?: string): string =>
  `/documents/${card.document.id}${part === undefined ? '' : `#${part}`}`

function Before(props: { asked: AskedMove; moves: Moves }): JSX.Element {
  const needsReason = () => transitionOf(props.asked)?.needsReason === true
  const submit = createReason(props.moves, needsReason)
  return (
    <form class="form" novalidate onSubmit={submit.onSubmit}>
      <Show when={transitionOf(props.asked)?.seals}>
        <p class="small">
          What “{props.asked.card.document.title}” predicts is sealed as it stands now, and stays as it is.{' '}
          <a href={hrefOf(props.asked)}>Look at it first</a>
        </p>
      </Show>
      <Show when={needsReason()}>
        <LongTextField label="Why?" name="reason" rows={3} error={submit.error('reason')} />
      </Show>
      <div class="actions">
        <Button type="submit" kind="primary" busy={submit.isBusy()}>
          {titleOf(props.asked)}
        </Button>
        <Button kind="quiet" onClick={props.moves.cancel}>
          Not now
        </Button>
      </div>
    </form>
  )
}

function Missing(props: { asked: AskedMove; moves: Moves }): JSX.Element {
  const mayGoOn = () => props.asked.problems.every((problem) => problem.mayGoOn)
  const submit = createReason(props.moves, mayGoOn)
  return (
    <form class="form" novalidate onSubmit={submit.onSubmit}>
      <Notice tone="waits" title="Not yet.">
        {mayGoOn() ? 'This is missing. You can go on all the same, with a reason.' : 'This is missing:'}
      </Notice>
      <ul class="missing">
        <For each={props.asked.problems}>
          {(problem) => (
            <li>
              <a href={hrefOf(props.asked, problem.part)}>{problem.message}</a>
            </li>
          )}
        </For>
      </ul>
      <Show when={mayGoOn()}>
        <LongTextField
          label="Why go on all the same?"
          name="reason"
          rows={3}
          error={submit.error('reason')}
        />
      </Show>
      <div class="actions">
        <LinkButton kind="primary" href={hrefOf(props.asked)}>
          Open it
        </LinkButton>
        <Show when={mayGoOn()}>
          <Button type="submit" busy={submit.isBusy()}>
            Go on all the same
          </Button>
        </Show>
        <Button kind="quiet" onClick={props.moves.cancel}>
          Not now
        </Button>
      </div>
    </form>
  )
}

/** Sends the step with the reason that was written, where one is wanted. */
function createReason(moves: Moves, isWanted: () => boolean) {
  return createSubmit(['reason'], async (values) => {
    const reason = textOf(values, 'reason').trim()
    if (isWanted() && reason === '') throw reasonMissing()
    await moves.goOn(reason)
  })
}

const reasonMissing = () =>
  new AppError('invalid', 'Say why.', { reason: 'Say why, in a sentence: it is kept with the step.' })
