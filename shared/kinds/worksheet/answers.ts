import { type Block, plainLines } from '../../content/blocks.ts'
import { findByKey, questionKeys, type Section, type Worksheet } from './model.ts'

/*
 * The answers to the three questions link on: what is to be accomplished becomes the aim of a driver diagram, the changes
 * its ideas. A diagram's content is written here in the form of its template files; the server checks it.
 */

export interface ProposedIdea {
  readonly title: string
  /** What stands under the idea: why, for whom. */
  readonly notes: readonly Block[]
}

export interface ProposedDiagram {
  readonly aim: string
  readonly ideas: readonly ProposedIdea[]
  /** How we will know: goes into the aim's notes, so that nothing is lost. */
  readonly measures: readonly Block[]
}

/** Whether the worksheet asks what a diagram is made of. */
export const asksThreeQuestions = ({
  sections,
}: {
  readonly sections: readonly { readonly key?: string }[]
}): boolean => questionKeys.every((key) => sections.some((section) => section.key === key))

/** What a diagram made of the answers would hold: one idea for each line, or for each point of a list. */
export function proposeDiagram({ sections }: Pick<Worksheet, 'sections'>): ProposedDiagram {
  const answer = (key: string) => findByKey(sections, key)?.body ?? []
  return {
    aim: linesOf(answer('aim')).join(' '),
    ideas: answer('changes').flatMap(ideasIn),
    measures: answer('measures').filter((block) => linesOf([block]).length > 0),
  }
}

function ideasIn(block: Block): ProposedIdea[] {
  switch (block.type) {
    case 'paragraph':
    case 'code':
      return linesOf([block]).map((title) => ({ title, notes: [] }))
    case 'quote':
      return block.blocks.flatMap(ideasIn)
    case 'list':
      return block.items.flatMap(ideaOf)
    // A heading sorts ideas; it is none.
    case 'heading':
    case 'rule':
      return []
  }
}

/** A point of a list: its first line is the idea, all that stands under it its notes. */
function ideaOf([first, ...rest]: readonly Block[]): ProposedIdea[] {
  if (first === undefined) return []
  const [title, ...more] = linesOf([first])
  if (title === undefined) return rest.flatMap(ideasIn)
  const notes = more.map((line): Block => ({ type: 'paragraph', spans: [{ text: line }] }))
  return [{ title, notes: [...notes, ...rest] }]
}

/** The lines that say something. */
const linesOf = (blocks: readonly Block[]): string[] =>
  plainLines(blocks)
    .flatMap((line) => line.split('\n'))
    .map((line) => line.trim())
    .filter((line) => line !== '')

/** A diagram's content, in the form of `templates/driver-diagram-*.json`. */
export const diagramContent = ({ aim, ideas, measures }: ProposedDiagram): unknown => ({
  aim: { statement: aim },
  cards: [
    ...(measures.length === 0 ? [] : [{ id: 'aim', column: 'aim', notes: [howWeKnow, ...measures] }]),
    ...ideas.map(({ title, notes }) => ({ column: 'idea', title, notes })),
  ],
})

const howWeKnow: Block = { type: 'paragraph', spans: [{ text: 'How we will know:', bold: true }] }

/** The first line of an answer, or '' for none. */
export const firstLine = ({ body }: Pick<Section, 'body'>): string => linesOf(body)[0] ?? ''
