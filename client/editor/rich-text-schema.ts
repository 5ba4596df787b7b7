import { type AnyExtension, Node } from '@tiptap/core'
import type { NodeType, Schema } from '@tiptap/pm/model'
import { StarterKit } from '@tiptap/starter-kit'
import * as Y from 'yjs'

/**
 * C3: nothing in the schema needs anything else to exist. A list without items or an item without a paragraph, as two
 * people can make one at the same moment, is then shown as it is; with the usual schema the binding would delete it for
 * everyone.
 */
const content: Readonly<Record<string, string>> = {
  doc: 'block*',
  blockquote: 'block*',
  bulletList: 'listItem*',
  orderedList: 'listItem*',
  listItem: 'block*',
}

const UndemandingKit = StarterKit.extend({
  addExtensions() {
    return (this.parent?.() ?? []).map(withoutDemands)
  },
})

function withoutDemands(extension: AnyExtension): AnyExtension {
  const needed = content[extension.name]
  return needed !== undefined && extension instanceof Node ? extension.extend({ content: needed }) : extension
}

/** The parts of rich text, the same as `#shared/content/rich-text.ts` reads and writes. */
export const richTextKit = UndemandingKit.configure({
  undoRedo: false, // the document's own undo
  trailingNode: false, // would add a paragraph by itself
  strike: false,
  underline: false,
  code: false,
  heading: { levels: [1, 2, 3, 4] },
  link: {
    openOnClick: false,
    protocols: ['mailto', 'tel'],
    HTMLAttributes: { rel: 'noopener noreferrer', target: '_blank' },
    isAllowedUri: (address) => isLink(address),
  },
})

/** Addresses that may be followed: nothing that runs as a script. */
export const isLink = (address: string): boolean => /^(https?:\/\/|mailto:|tel:|\/(?!\/))/i.test(address)

/** What someone typed as an address, made whole: `example.org` is a web page, `a@b.org` is mail. Undefined if it is neither. */
export function readLink(typed: string): string | undefined {
  const text = typed.trim()
  if (isLink(text)) return text
  if (/^[^\s@/:]+@[^\s@/:]+\.[^\s@/:]+$/.test(text)) return `mailto:${text}`
  if (/^[^\s/:@]+\.[^\s/:@]{2,}([/?#:]\S*)?$/.test(text)) return `https://${text}`
  return undefined
}

/**
 * I6: whether the editor can hold all of `fragment`. What its schema cannot hold the binding deletes from the shared
 * document, so such a fragment must not be bound at all.
 */
export function canHold(schema: Schema, fragment: Y.XmlFragment): boolean {
  const waiting: { type: NodeType; children: readonly unknown[] }[] = [
    { type: schema.topNodeType, children: fragment.toArray() },
  ]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    let match: typeof next.type.contentMatch | null = next.type.contentMatch
    for (const child of next.children) {
      const type = typeOf(schema, child, next.type)
      match = type === undefined ? null : match.matchType(type)
      if (match === null || type === undefined) return false
      if (child instanceof Y.XmlElement) waiting.push({ type, children: child.toArray() })
    }
  }
  return true
}

function typeOf(schema: Schema, child: unknown, parent: NodeType): NodeType | undefined {
  if (child instanceof Y.XmlElement) return schema.nodes[child.nodeName]
  if (!(child instanceof Y.XmlText)) return undefined
  const marks = marksIn(child).map((name) => schema.marks[name])
  return marks.every((mark) => mark !== undefined && parent.allowsMarkType(mark))
    ? schema.nodes.text
    : undefined
}

function marksIn(text: Y.XmlText): string[] {
  const steps = text.toDelta() as { attributes?: Record<string, unknown> }[]
  return steps.flatMap(({ attributes = {} }) =>
    // Marks that may overlap carry a hash after their name.
    Object.keys(attributes).map((name) => name.replace(/--[a-zA-Z0-9+/=]{8}$/, '')),
  )
}
