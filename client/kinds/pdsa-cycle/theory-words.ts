import type { Cycle, TheoryChange } from '#shared/kinds/pdsa-cycle/model.ts'
import type { Diagram } from './create-theory.ts'
import type { IdeaTheory, Revision, TheoryLink } from './theory.ts'

/** What will become of the theory when the cycle is closed, in a sentence, and whether it can be. */
export interface Consequence {
  readonly sentence: string
  /** The cycle cannot be closed with this choice. */
  readonly isRefused?: true
}

/** Says plainly, before closing, whether the change is made at once, waits for someone, or cannot be made. */
export function consequenceOf(
  cycle: Pick<Cycle, 'theory' | 'theoryLink' | 'theoryTo'>,
  diagram: Diagram,
): Consequence | undefined {
  const { theory: change } = cycle
  if (change === undefined) return undefined
  if (change === 'leave') return { sentence: 'The diagram stays as it is.' }
  switch (diagram.kind) {
    case 'none':
      return refused('This cycle tests no change idea, so there is no link to change.')
    case 'loading':
      return undefined
    case 'unreachable':
      return { sentence: 'What will become of it is seen once the server answers again.' }
    case 'private':
      return refused(
        'The diagram is private to others or gone, so that nothing can be changed or proposed there. Choose to leave the link as it is, or let someone close the cycle who can open the diagram.',
      )
    case 'known':
      return consequenceOn(cycle, change, diagram)
  }
}

function consequenceOn(
  { theoryLink, theoryTo }: Pick<Cycle, 'theoryLink' | 'theoryTo'>,
  change: Exclude<TheoryChange, 'leave'>,
  { title, change: outcome, theory }: Extract<Diagram, { kind: 'known' }>,
): Consequence {
  const none = whyNoLink(theory)
  if (none !== undefined) return refused(`${none} Choose to leave the link as it is.`)
  const link = theory.links.find(({ id }) => id === theoryLink)
  if (theoryLink === undefined || link === undefined)
    return refused(
      theoryLink === undefined
        ? 'Say which link it is.'
        : 'That link is gone from the diagram: choose again.',
    )
  const instead = theory.others.find(({ id }) => id === theoryTo)
  if (change === 'redraw' && instead === undefined)
    return refused('Say to which driver the idea leads instead.')
  if (outcome === 'refused')
    return refused(
      `You may read “${title}” but not comment on it. Choose to leave the link as it is, or let someone close the cycle who may.`,
    )
  const will = willWords(change, link, instead?.title ?? '')
  return outcome === 'done'
    ? { sentence: `When the cycle is closed ${will}, with this cycle as evidence. You can take it back.` }
    : {
        sentence: `You may comment on “${title}” but not edit it. The cycle closes all the same, and the change waits there as a proposal: ${will} once someone who may edit it accepts.`,
      }
}

const refused = (sentence: string): Consequence => ({ sentence, isRefused: true })

function willWords(
  change: Exclude<TheoryChange, 'leave'>,
  { driver, strength }: TheoryLink,
  instead: string,
): string {
  const link = `the link to “${driver.title}”`
  switch (change) {
    case 'strengthen':
      return strength === 'strong'
        ? `${link}, which is strong already, stays strong`
        : `${link} becomes strong`
    case 'weaken':
      return strength === 'weak' ? `${link}, which is weak already, stays weak` : `${link} becomes weak`
    case 'redraw':
      return `the idea leads to “${instead}” instead of “${driver.title}”`
  }
}

/** What was done to the link, as a message says it. */
export const doneWords: Readonly<Record<Revision['change'], string>> = {
  strengthen: 'The link was strengthened.',
  weaken: 'The link was weakened.',
  redraw: 'The link was redrawn.',
}

/** Why nothing can be said about a link of this theory, or undefined where there is one. */
export const whyNoLink = ({ idea, links }: IdeaTheory): string | undefined => {
  if (idea === undefined) return 'The change idea is no longer on the diagram: it was removed there.'
  return links.length === 0 ? `“${idea.title}” leads to no driver on the diagram yet.` : undefined
}
