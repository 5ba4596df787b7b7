import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { IdentifierKind } from '#shared/identifiers/identifier.ts'
import { findIdentifiers, maskIdentifiers, maskOf } from '#shared/identifiers.ts'

const context = { schoolDomains: ['students.ridgeway.example', 'lakeshore-k12.example'], year: 2026 }

const find = (text: string) => findIdentifiers(text, context)
const kindsIn = (text: string) => find(text).map(({ kind }) => kind)
const foundIn = (text: string) => find(text).map(({ from, to }) => text.slice(from, to))

/** Text, what it looks like, and exactly which stretches of it. */
type Positive = readonly [text: string, ...found: readonly (readonly [IdentifierKind, string])[]]

const birthDates: readonly Positive[] = [
  ['DOB 3/4/2012', ['birth-date', '3/4/2012']],
  ['dob: 03/04/12', ['birth-date', '03/04/12']],
  ['D.O.B. 2012-03-04', ['birth-date', '2012-03-04']],
  ['Date of birth: March 4, 2012', ['birth-date', 'March 4, 2012']],
  ['date of birth is 4 March 2012', ['birth-date', '4 March 2012']],
  ['Birthdate 4-Mar-2012.', ['birth-date', '4-Mar-2012']],
  ['The student was born on March 4th, 2012 and moved here.', ['birth-date', 'March 4th, 2012']],
  ['Maria, born 3.4.2012, missed ten days', ['birth-date', '3.4.2012']],
  ['her birthday is 3/4/2015', ['birth-date', '3/4/2015']],
  ['2014-09-30 is his date of birth', ['birth-date', '2014-09-30']],
  ['9/30/2014 (DOB)', ['birth-date', '9/30/2014']],
  ['DOB 20120304', ['birth-date', '20120304']],
  ['dob=03042012', ['birth-date', '03042012']],
  ['Fecha de nacimiento: 4/3/2013', ['birth-date', '4/3/2013']],
  ['DOB 3/4/2012, enrolled 9/1/2018', ['birth-date', '3/4/2012']],
  ['Case\tDOB\nA\t3/4/2012\nB\t5/6/2010', ['birth-date', '3/4/2012'], ['birth-date', '5/6/2010']],
  ['| Case | Birth date |\n|---|---|\n| A | 2012-03-04 |', ['birth-date', '2012-03-04']],
  ['case,birthdate\nA,2012-03-04T00:00:00', ['birth-date', '2012-03-04T00:00:00']],
]

const idNumbers: readonly Positive[] = [
  ['Student ID 1029384', ['id-number', '1029384']],
  ['student id: 102938', ['id-number', '102938']],
  ['Student # 1029384 was absent', ['id-number', '1029384']],
  ['pupil no. 1029384', ['id-number', '1029384']],
  ['SIS 10293847', ['id-number', '10293847']],
  ['SIS ID: 10293847', ['id-number', '10293847']],
  ['State ID (1029384756)', ['id-number', '1029384756']],
  ['SSID=1029384756', ['id-number', '1029384756']],
  ['SASID 1029384756', ['id-number', '1029384756']],
  ['her id is 1029384', ['id-number', '1029384']],
  ['the student #1029384', ['id-number', '1029384']],
  ['Case #1029384 came back on Monday', ['id-number', '1029384']],
  ['lunch pin 102938', ['id-number', '102938']],
  ['Medicaid ID 1029384756', ['id-number', '1029384756']],
  ['SSN 123-45-6789', ['id-number', '123-45-6789']],
  ['1029384\n1029391\n1029402', ['id-number', '1029384'], ['id-number', '1029391'], ['id-number', '1029402']],
  [
    'A\t1029384\t3\nB\t1029391\t4\nC\t1029402\t9',
    ['id-number', '1029384'],
    ['id-number', '1029391'],
    ['id-number', '1029402'],
  ],
  ['Student ID\tDays missed\n1029384\t12', ['id-number', '1029384']],
  ['id,days\n102938,12\n102939,4', ['id-number', '102938'], ['id-number', '102939']],
]

const schoolEmails: readonly Positive[] = [
  ['Write to m.lopez@students.ridgeway.example.', ['school-email', 'm.lopez@students.ridgeway.example']],
  ['<27lopezm@lakeshore-k12.example>', ['school-email', '27lopezm@lakeshore-k12.example']],
  ['M.LOPEZ@Students.Ridgeway.Example', ['school-email', 'M.LOPEZ@Students.Ridgeway.Example']],
  ['lopez@mail.lakeshore-k12.example, and so on', ['school-email', 'lopez@mail.lakeshore-k12.example']],
  [
    'a@lakeshore-k12.example;b@lakeshore-k12.example',
    ['school-email', 'a@lakeshore-k12.example'],
    ['school-email', 'b@lakeshore-k12.example'],
  ],
]

const nameTables: readonly Positive[] = [
  [
    'Last name\tFirst name\tGrade\nLopez\tMaria\t5\nChen\tWei\t6',
    ['name-table', 'Lopez\tMaria\t5\nChen\tWei\t6'],
  ],
  ['Student\tGrade\tHomeroom\nLopez, Maria\t5\t12B', ['name-table', 'Lopez, Maria\t5\t12B']],
  ['Student Name,Grade,DOB\n"Lopez, Maria",5,3/4/2012', ['name-table', '"Lopez, Maria",5,3/4/2012']],
  ['Name\tGrade\nMaria Lopez\t5', ['name-table', 'Maria Lopez\t5']],
  ['Name | ID\nMaria Lopez | 1029384', ['name-table', 'Maria Lopez | 1029384']],
  ['| Student | Days absent |\n|---|---|\n| Maria Lopez | 12 |', ['name-table', '| Maria Lopez | 12 |']],
  ['LAST, FIRST  GR  SEX\nLOPEZ, MARIA  05  F', ['name-table', 'LOPEZ, MARIA  05  F']],
  ['Monday list\n\nStudent\tGrade\nMaria Lopez\tK\nTotal\t1', ['name-table', 'Maria Lopez\tK']],
  [
    'Lopez, Maria\t5\nChen, Wei\t6\nO’Neil, Sean P.\t5',
    ['name-table', 'Lopez, Maria\t5\nChen, Wei\t6\nO’Neil, Sean P.\t5'],
  ],
  [
    'Lopez, Maria 3/4/2012\nChen, Wei 5/6/2011\nYazzie, Ruth 7/8/2012',
    ['name-table', 'Lopez, Maria 3/4/2012\nChen, Wei 5/6/2011\nYazzie, Ruth 7/8/2012'],
  ],
  [
    'Lopez, Maria - 12\nChen, Wei - 9\nYazzie, Ruth - 14',
    ['name-table', 'Lopez, Maria - 12\nChen, Wei - 9\nYazzie, Ruth - 14'],
  ],
  ['Lopez,Maria,5\nChen,Wei,6\nYazzie,Ruth,6', ['name-table', 'Lopez,Maria,5\nChen,Wei,6\nYazzie,Ruth,6']],
  ['Name: Maria Lopez\nGrade: 5', ['name-table', 'Maria Lopez\nGrade: 5']],
  ['Student: Maria Lopez, student ID: 1029384', ['name-table', 'Maria Lopez, student ID: 1029384']],
  ['First name: Maria\nLast name: Lopez\nGrade: 5', ['name-table', 'Maria\nLast name: Lopez\nGrade: 5']],
]

const positives = [...birthDates, ...idNumbers, ...schoolEmails, ...nameTables]

const negatives: readonly string[] = [
  // The work's own figures, dates and names.
  '83/414',
  '2023-09\t83/414\t41/186\t137/656',
  'By December 2025, lower the share of students who miss 10 % or more from 24.3 % to 19 %.',
  'Sealed Mon 1 December 2025, 7:52 am',
  'planned end 2025-12-19',
  'Text at 7:15, call at 7:30 on day 2; grade 6; three weeks',
  '19 of 57 absences of two days were followed by another within 10 days',
  'LS1 = Aug 2024, LS2 = Jan 2025, LS3 = Oct 2025',
  'Baseline: September 2023 - June 2024',
  'Cycle 3, Alder Creek: grade 2, 58 students',
  'Nora Lindqvist, by Tue 13 Jan, from the December session',
  'Marisol Vega (parent partner), Sgt. Colleen Marsh (school resource officer)',
  'enrolled ≥ 10 school days (5 in short months)',
  'UCL = 25.4, mean 21.0, LNPL 16.6',
  '14, 12, 16, 16, 17, 8, 11, 14, 18, 23',
  'median 21.2; 13 below, 2024-10 → 2025-12',
  'Section 504 plan reviewed on 9/12/2025',
  'IEP meeting: 10/3/2025 at 14:30',
  'Title I, Part A; ESSA §1111(c)(4)(B)',
  'A 15-minute weekly huddle, from 9/1/2021 on',
  'FERPA (20 U.S.C. § 1232g; 34 CFR Part 99)',
  'the 2018-19 school year, again in 2019-2020',
  // Dates that are not of birth, or not of a student's.
  '3/4/2012',
  'Adopted on 2012-03-04 by the board',
  'Meeting 3/4/2012, next one 4/8/2012',
  'Dr. Whitfield, born 3/4/1971',
  'born before 9/1/2019: enters kindergarten',
  'all who were born between 9/1/2012 and 8/31/2013',
  'The network was born on March 4, 2015',
  'Our School Responder initiative was born 3/4/2015.',
  'birth-to-five services since 9/1/2021',
  'birth weight under 2500 g',
  'DOB is not needed here. We met on 3/4/2012.',
  'low birth rate; see 2012-03-04',
  'Task\tDue\nAsk the bus drivers\t2026-01-13\nPlan the huddle\t2026-01-16',
  'Policy\tAdopted\nHandbook\t2012-03-04\nLanyards\t2014-05-06',
  'stillborn in committee 3/4/2015',
  // Numbers that are not a student's.
  'Call 614-555-0123 or (614) 555-0123',
  'Call 6145550123',
  '+1 614 555 0123',
  'Budget: $1,250,000 over 3 years',
  'Budget 1250000',
  'Personnel\t240000\nTravel\t125000\nSupplies\t310000',
  'Population 1323807',
  'County\tPopulation\nFranklin\t1323807\nCuyahoga\t1264817\nHamilton\t830639',
  'Grant H79SM081234, award 5U45MC27804',
  'grant #1029384',
  'Award ID 1029384756',
  'R305A150123',
  'Invoice # 1029384',
  'PO #1029384',
  'Zoom meeting ID: 987 6543 2100',
  'Meeting ID 98765432100',
  'Webinar ID: 9876543210',
  'NCES ID 390438000567',
  'district ID 3904380',
  'Form ID 1029384',
  '018f3c5a-7b1e-7c3d-9a55-1029384756ab',
  'https://example.org/d?id=1029384&sid=1029385',
  'see doi 10.1136/bmjqs-2011-000105',
  '#434343',
  'color: #102938',
  'ZIP 43215-1234',
  'Monday 20250113',
  '20250113\n20250114\n20250115',
  '6145550123\n6145550145\n6145550199',
  'EIN 31-1029384',
  'room 1029384',
  'v1029384',
  '1029384 %',
  '1,029,384 students',
  'p = 0.1029384',
  'the id of a card',
  'identify needs early: 12 of 1029384 messages',
  // Addresses elsewhere.
  'imani.okafor@threerivers.example',
  'someone@notlakeshore-k12.example',
  'lakeshore-k12.example is the domain',
  'write @lakeshore-k12.example',
  'someone@lakeshore-k12.example.org',
  // Lists of other things.
  'Name\tRole\tEmail\nImani Okafor\tcoordinator\timani@threerivers.example',
  'Name\tGrades\tDistrict\nEastfield Middle\t6-8\tMillbrook\nGranite Falls High\t9-12\tHighland',
  'School\tGrade\tEnrolled\nAlder Creek\t2\t58',
  'Name\tGrade\nEastfield Middle School\t6\nAlder Creek Elementary\t2',
  'Team\tLead\nAlder Creek\tNora Lindqvist\nBasin Ridge\tJesse Blackwood',
  'Teacher\tGrade\nMs. Alvarez\t3\nMr. Boone\t4',
  'Last name\tFirst name\tRole\nOkafor\tImani\tcoordinator',
  'Student voice\tGrade\nI like the check-in\t6',
  'Harbor Point\t57\t366\nAlder Creek\t73\t416\nBasin Ridge\t29\t187',
  'Columbus, Ohio\t905\nToledo, Ohio\t270\nDayton, OH\t137',
  'Okafor, Imani: coordinator\nDuarte, Rafael: facilitator\nRaman, Priya: coach',
  'Supplies, Printing\t$400\nTravel, Lodging\t$1,200\nPersonnel, Fringe\t$45,000',
  'Lopez, Maria\t5\nChen, Wei\t6',
  'Name: Asthma Plan\nStatus: in testing',
  'Name: First text in home language\nGrade: 1',
  'Aim\tPrimary driver\tSecondary driver\tChange idea\nFewer missed days\tHealth needs found early\tAsthma plans\tSpare inhaler',
  'Nurse calls home, Asthma plan, Spare inhaler, Ride pool',
  '',
  '   \n\t\n',
]

describe('what looks like a student’s identifier', () => {
  it.each(positives.map(([text, ...found]) => ({ text, found })))('$text', ({ text, found }) => {
    expect(find(text).map(({ kind, from, to }) => [kind, text.slice(from, to)])).toEqual(found)
  })

  it('says why in a sentence that does not repeat it', () => {
    for (const [text] of positives)
      for (const { why, from, to } of find(text)) {
        expect(why).toMatch(/^This looks like .+\.$/)
        expect(why).not.toContain(text.slice(from, to))
      }
  })

  it('depends on the year in which it is written', () => {
    const foundIn = (year: number) => findIdentifiers('DOB 3/4/2012', { ...context, year }).length
    expect([2014, 2015, 2026, 2034, 2035].map(foundIn)).toEqual([0, 1, 1, 1, 0])
  })

  it('an address is a student’s only in a network that names its school domains', () => {
    const text = 'm.lopez@students.ridgeway.example'
    expect(findIdentifiers(text, { ...context, schoolDomains: [] })).toEqual([])
  })

  it('several things in one text are found in its order', () => {
    expect(kindsIn('SIS 10293847, DOB 3/4/2012, m@lakeshore-k12.example')).toEqual([
      'id-number',
      'birth-date',
      'school-email',
    ])
    expect(foundIn('SIS 10293847 DOB 3/4/2012')).toEqual(['10293847', '3/4/2012'])
  })
})

describe('what does not', () => {
  it.each(negatives)('%j', (text) => {
    expect(foundIn(text)).toEqual([])
  })
})

it('the tables hold enough of both', () => {
  expect(positives.filter(([, ...found]) => found.length > 0).length).toBeGreaterThanOrEqual(40)
  expect(negatives.length).toBeGreaterThanOrEqual(60)
})

describe('masking', () => {
  it('puts neutral words in the place of what was found and leaves the rest', () => {
    const text = 'Maria, DOB 3/4/2012, student ID 1029384, mail m@lakeshore-k12.example, was late.'
    expect(maskIdentifiers(text, find(text))).toBe(
      'Maria, DOB [date removed], student ID [number removed], mail [address removed], was late.',
    )
    const table = 'Student\tGrade\nMaria Lopez\t5\nWei Chen\t6\n\nBoth came back.'
    expect(maskIdentifiers(table, find(table))).toBe(
      `Student\tGrade\n${maskOf({ kind: 'name-table' })}\n\nBoth came back.`,
    )
  })

  it('leaves nothing behind that is found again', () => {
    for (const [text] of positives) expect(find(maskIdentifiers(text, find(text)))).toEqual([])
  })
})

/** Pieces that the patterns are made for, in any order and number. */
const piece = fc.constantFrom(
  'DOB ', 'born ', '3/4/2012', '1029384', 'student ID ', '#', 'Lopez, Maria', '\t', '\n', ' | ', '  ', ', ', '"', '"Lopez',
  'Name: Maria Lopez', 'Grade: 5', 'Student\tGrade\n', '@', 'm@lakeshore-k12.example', 'March ', '4, 2012', '-', '/', '.', 'é', '😀', '\ud83d', '\0',
) // biome-ignore format: a list of pieces reads best as one

describe('any text', () => {
  it('gives stretches inside of it, in order, that do not overlap, and none after masking', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(piece, fc.string({ unit: 'binary', maxLength: 8 })), { maxLength: 40 }),
        (pieces) => {
          const text = pieces.join('')
          let end = 0
          for (const { from, to } of find(text)) {
            expect(from).toBeGreaterThanOrEqual(end)
            expect(to).toBeGreaterThan(from)
            end = to
          }
          expect(end).toBeLessThanOrEqual(text.length)
          expect(find(maskIdentifiers(text, find(text)))).toEqual([])
        },
      ),
    )
  })

  it('is read in one go, however long and hostile it is', { timeout: 60_000 }, () => {
    const hostile = [
      'DOB '.repeat(1_000),
      'born born born 3/4/',
      '3/4/2012 ',
      '1/1/1/1/1/1/',
      '#1029384 ',
      '1029384\t',
      '1029384\n',
      '"',
      '"Lopez, ',
      'A, A 1\n',
      'Lopez, Maria\t5\n',
      'Name: A B ',
      'Student\tGrade\n',
      'a@',
      '@lakeshore-k12.example',
      'a'.repeat(1_000),
      'Aa'.repeat(500),
      'A a-'.repeat(300),
      ' ',
      '\t',
      '\n',
      '|',
      ',',
      '1',
      '-',
      'March ',
      'student id id id id ',
    ]
    for (const pattern of hostile) {
      const text = pattern.repeat(Math.ceil(100_000 / pattern.length)).slice(0, 100_000)
      const begun = process.cpuUsage()
      find(text)
      const { user, system } = process.cpuUsage(begun)
      // Far more than a busy computer needs; what grew with the square of the length would take minutes.
      expect.soft((user + system) / 1_000, JSON.stringify(pattern.slice(0, 40))).toBeLessThan(5_000)
    }
  })
})
