import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { findIdentifiers } from '#shared/identifiers.ts'
import { keptTextsOf } from '../../client/identifiers/kept-texts.ts'
import type { OpenDocument } from '../../client/sync/open-document.ts'
import { replaceWords } from '../../client/sync/replace-words.ts'
import { aroundCaret, guardText, type TextGuard } from '../../client/sync/text-guard.ts'

describe('the words around the caret of a field', () => {
  const around = (value: string, selectionEnd: number) =>
    aroundCaret({ value, selectionEnd } as HTMLTextAreaElement)

  it('are all of a short text', () => {
    expect(around('two\nlines', 2)).toBe('two\nlines')
  })

  it('are whole lines of a long one, not all of it', () => {
    const lines = Array.from({ length: 1_000 }, (_, number) => `line ${number}`)
    const text = lines.join('\n')
    const found = around(text, text.indexOf('line 500')).split('\n')
    expect(found).toContain('line 500')
    expect(found.length).toBeLessThan(300)
    expect(found.every((line) => lines.includes(line))).toBe(true)
    expect(around(text, 0).split('\n')[0]).toBe('line 0')
    expect(around(text, text.length).split('\n').at(-1)).toBe('line 999')
  })

  it('are a bounded stretch of a line without end', () => {
    expect(around('x'.repeat(1_000_000), 500_000).length).toBe(8_000)
  })
})

describe('putting other words in the place of some', () => {
  function openOn(doc: Y.Doc, canEdit = true): OpenDocument {
    const edit = (change: () => void) => doc.transact(change)
    return { doc, canEdit: () => canEdit, edit } as unknown as OpenDocument
  }

  it('changes a text where they stand now', () => {
    const doc = new Y.Doc()
    const text = doc.getText('title')
    text.insert(0, 'Maria, DOB 3/4/2015, was late')
    expect(replaceWords(openOn(doc), text, '3/4/2015', '[date removed]')).toBe(true)
    expect(text.toString()).toBe('Maria, DOB [date removed], was late')
    expect(replaceWords(openOn(doc), text, '3/4/2015', '[date removed]')).toBe(false)
    expect(replaceWords(openOn(doc, false), text, 'Maria', '…')).toBe(false)
  })

  it('changes the paragraph of a long text that holds them, and leaves its marks', () => {
    const doc = new Y.Doc()
    const fragment = doc.getXmlFragment('notes')
    const words = (text: string) => {
      const paragraph = new Y.XmlElement('paragraph')
      paragraph.insert(0, [new Y.XmlText(text)])
      return paragraph
    }
    fragment.insert(0, [words('First'), words('SIS 10293847 here')])
    const second = (fragment.get(1) as Y.XmlElement).get(0) as Y.XmlText
    second.format(0, 3, { bold: {} })
    expect(replaceWords(openOn(doc), fragment, '10293847', '[number removed]')).toBe(true)
    expect(fragment.toString()).toBe(
      '<paragraph>First</paragraph><paragraph><bold>SIS</bold> [number removed] here</paragraph>',
    )
  })
})

describe('what someone said is no identifier', () => {
  const found = (text: string) => findIdentifiers(text, { schoolDomains: [], year: 2026 })
  const isKept = (accountId: string, scope: string, text: string) =>
    found(text).every((identifier) => keptTextsOf(accountId, scope).has(identifier, text))

  it('is remembered for that person in that document, wherever it stands', () => {
    const text = 'DOB 3/4/2015'
    keptTextsOf('ada', 'one').keep(found(text), text)
    expect(isKept('ada', 'one', 'and again: born 3/4/2015')).toBe(true)
    expect(isKept('ada', 'one', 'born 3/5/2015')).toBe(false)
    expect(isKept('ada', 'two', text)).toBe(false)
    expect(isKept('ben', 'one', text)).toBe(false)
  })

  it('is a list that one goes on writing', () => {
    const text = 'Student\tGrade\nMaria Lopez\t5'
    keptTextsOf('ada', 'one').keep(found(text), text)
    expect(isKept('ada', 'one', `${text}\nWei Chen\t6`)).toBe(true)
  })
})

it('without a guard every text may be taken in', async () => {
  expect(await guardText({}, 'DOB 3/4/2015')).toBe('DOB 3/4/2015')
  const guard: TextGuard = { watch: () => () => {}, ask: async () => undefined }
  expect(await guardText({ guard }, 'DOB 3/4/2015')).toBeUndefined()
})
