import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { writeCsv } from '../../../server/export/csv.ts'
import { applyImport } from '../../../shared/kinds/driver-diagram/import.ts'
import { columns, type Diagram, readDiagram } from '../../../shared/kinds/driver-diagram/model.ts'
import { readPaste } from '../../../shared/kinds/driver-diagram/paste.ts'
import { parseSeed } from '../../../shared/kinds/driver-diagram/seed.ts'
import { csvColumns, diagramTable, readCsv } from '../../../shared/kinds/driver-diagram/table.ts'
import { plainEdit } from '../../../shared/kinds/edit.ts'
import { linkTitles, newDiagram, sampleSeed } from './people.ts'

function imported(csv: string): Diagram {
  const doc = newDiagram({})
  const source = readCsv(csv)
  expect(source.problems).toEqual([])
  expect(applyImport(plainEdit(doc), doc, source)).not.toHaveProperty('refused')
  return readDiagram(doc)
}

const shape = (diagram: Diagram) => ({
  cards: diagram.cards.map(({ column, title }) => `${column}: ${title}`),
  links: linkTitles(diagram),
})

describe('the table of a diagram', () => {
  it('has the columns of the FreeSPC tool, further parents separated by semicolons', () => {
    const table = diagramTable(parseSeed(sampleSeed))
    expect(table.columns).toEqual(['id', 'level', 'parent_id', 'text', 'color', 'extra_parents'])
    expect(table.rows[0]).toEqual(['aim', 0, '', 'Aim', '#1B2427', ''])
    expect(table.rows).toContainEqual(['S2', 2, 'P1', 'S2', '#776100', 'P2'])
    expect(table.rows).toContainEqual(['C4', 3, 'P2', 'C4', '#17688F', ''])
    expect(table).not.toHaveProperty('omits')
  })

  it('says what it cannot hold', () => {
    const { omits } = diagramTable(
      parseSeed({
        aim: { what: 'days' },
        cards: [
          {
            id: 'P',
            column: 'primary',
            title: 'P',
            owner: 'Nora',
            leadsTo: [{ to: 'aim', strength: 'weak', why: 'x' }],
          },
          {
            id: 'C',
            column: 'idea',
            title: 'C',
            status: 'adopted',
            tags: ['t'],
            notes: ['n'],
            leadsTo: ['P'],
          },
        ],
      }),
    )
    expect(omits).toBe(
      "This table cannot hold whether links are weak or hinder, why people believe them, statuses, owners, tags and change concepts, notes and the aim's fields. Export JSON to keep everything.",
    )
  })

  it('comes back as the same diagram, whatever the words are', () => {
    const words = fc.string({ maxLength: 30 }).map((text) => text.replace(/\s+/g, ' ').trim())
    const sure = words.filter((text) => !text.startsWith("'"))
    fc.assert(
      fc.property(
        fc.array(
          fc.record({ title: sure, column: fc.nat(2), parents: fc.array(fc.nat(30), { maxLength: 3 }) }),
          {
            maxLength: 25,
          },
        ),
        sure,
        (given, statement) => {
          const cards = given.map(({ title, column }, at) => ({
            id: `c${at}`,
            column: columns[column + 1] as string,
            title,
            leadsTo: [] as string[],
          }))
          cards.forEach((card, at) => {
            const fits = ['aim', ...cards.map(({ id }) => id)].filter((id) => {
              const to = cards.find((other) => other.id === id)?.column ?? 'aim'
              return (
                (card.column === 'primary' && to === 'aim') ||
                (card.column === 'secondary' && to === 'primary') ||
                (card.column === 'idea' && (to === 'secondary' || to === 'primary'))
              )
            })
            const parents =
              given[at]?.parents.flatMap((figure) => fits[figure % Math.max(1, fits.length)] ?? []) ?? []
            card.leadsTo = [...new Set(parents)]
          })
          const diagram = parseSeed({ aim: { statement }, cards })
          expect(shape(imported(writeCsv(diagramTable(diagram))))).toEqual(shape(diagram))
        },
      ),
      { numRuns: 200 },
    )
  })
})

describe('importing a CSV file', () => {
  it('reads levels as words, columns in any order, and files without optional columns', () => {
    expect(
      shape(
        imported(
          'text,Level,ID,Parent ID\nFewer days,Aim,a,\nHealth,Primary driver,p,a\nAsthma,secondary,s,p\nCalls,Change Idea,c,s\n',
        ),
      ),
    ).toEqual({
      cards: ['aim: Fewer days', 'primary: Health', 'secondary: Asthma', 'idea: Calls'],
      links: ['Health > Fewer days', 'Asthma > Health', 'Calls > Asthma'],
    })
  })

  it('reads a byte order mark, semicolons, quotes, empty lines and guarded cells', () => {
    expect(
      shape(
        imported(
          [
            '\uFEFFid;level;parent_id;text;color;extra_parents',
            '1;0;;"An ""aim""; really";;',
            '',
            "2;1;1;'=SUM(A1);#fff;",
            '3;1;1;Two;;',
            '4;2;2;Both;;"3;3"',
            ';;;;;',
          ].join('\r\n'),
        ),
      ),
    ).toEqual({
      cards: ['aim: An "aim"; really', 'primary: =SUM(A1)', 'primary: Two', 'secondary: Both'],
      links: ['=SUM(A1) > An "aim"; really', 'Two > An "aim"; really', 'Both > =SUM(A1)', 'Both > Two'],
    })
  })

  it('links primary drivers to the diagram’s own aim where the file has none', () => {
    expect(imported('id,level,text\np,1,Health').links).toHaveLength(1)
    expect(imported('id,level,text\na,0,Aim\np,1,Health').links).toHaveLength(0)
  })

  it('is recognized when it is pasted', () => {
    expect(readPaste('id,level,parent_id,text\np,1,,Health').cards).toHaveLength(1)
    expect(readPaste('id\tlevel\tparent_id\ttext\np\t1\t\tHealth').cards).toHaveLength(1)
  })

  it.each([
    ['', { message: 'The file is empty.' }],
    [
      'name,parent\nx,y',
      {
        row: 1,
        message:
          'The first row must name the columns; id, level and text are missing. They are: id, level, parent_id, text, color, extra_parents.',
      },
    ],
    ['id,level,text\n1,1,A,extra', { row: 2, message: 'It has 4 cells, but the first row has 3.' }],
    [
      'id,level,text\n1,7,A',
      {
        row: 2,
        message:
          'The level is 0 (aim), 1 (primary driver), 2 (secondary driver) or 3 (change idea), not “7”.',
      },
    ],
    ['id,level,text\n,1,A', { row: 2, message: 'It has no id.' }],
    ['id,level,text\n1,1,A\n1,1,B', { row: 3, message: 'The id “1” is also that of row 2.' }],
    ['id,level,text\n1,0,A\n2,0,B', { row: 3, message: 'A diagram has one aim; row 2 has one already.' }],
    [
      'id,level,parent_id,text\n1,2,9,A',
      { row: 2, message: 'No row has the id “9” that it names as a parent.' },
    ],
    [
      'id,level,parent_id,text\n1,1,,A\n2,3,3,B\n3,0,,C',
      { row: 3, message: 'It cannot lead to row 4. A change idea leads to the aim through a driver.' },
    ],
    [
      'id,level,parent_id,text\n1,2,1,A',
      { row: 2, message: 'It cannot lead to row 2. A secondary driver leads to primary drivers.' },
    ],
    ['id,level,text\n1,1,"A', { row: 2, message: 'A quotation mark is opened and never closed.' }],
    [
      'id,level,text\n1,1,"A"b',
      { row: 2, message: 'Something follows a closing quotation mark; inside a cell, write it twice.' },
    ],
  ])('says what is wrong and where, and changes nothing: %j', (csv, problem) => {
    const source = readCsv(csv)
    expect(source.problems).toContainEqual(problem)
    const doc = newDiagram(sampleSeed)
    const before = readDiagram(doc)
    expect(applyImport(plainEdit(doc), doc, source)).toEqual({ refused: expect.any(String) })
    expect(readDiagram(doc)).toEqual(before)
  })

  it('lists every problem, in order of the rows', () => {
    const { problems } = readCsv('id,level,parent_id,text\n1,9,,A\n2,1,x,B\n2,1,,C')
    expect(problems.map(({ row }) => row)).toEqual([2, 3, 4])
  })

  it('never throws, whatever the file holds', () => {
    const cell = fc.oneof(
      fc.string({ maxLength: 5 }),
      fc.constantFrom('1', '2', '3', '0', '"', '""', ',', '\n', ';', '\r'),
    )
    fc.assert(
      fc.property(fc.array(cell, { maxLength: 60 }), (cells) => {
        const source = readCsv(`${csvColumns.join(',')}\n${cells.join('')}`)
        if (source.problems.length > 0) expect(source.cards).toEqual([])
        readPaste(cells.join('\t'))
        readPaste(cells.join('\n'))
      }),
      { numRuns: 500 },
    )
  })
})
