import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ErrorBody } from '#shared/errors.ts'
import { startDiagram, startThreeRivers, type ThreeRivers } from '../../support/three-rivers.ts'

let rivers: ThreeRivers
let id: string

beforeAll(async () => {
  rivers = await startThreeRivers()
  id = await startDiagram(rivers.coordinator, rivers.networkId, {
    title: 'Fewer missed days: “2025”',
    content: {
      aim: { statement: 'Lower it to 19 %' },
      cards: [
        { id: 'P1', column: 'primary', title: 'Asthma' },
        { id: 'C1', column: 'idea', title: '=1+1 *inhaler*', leadsTo: [{ to: 'P1', why: 'We saw it.' }] },
      ],
    },
  })
})
afterAll(() => rivers.server.close())

const exported = (format: string) => rivers.coordinator.fetch(`/api/documents/${id}/export?format=${format}`)

describe('an export', () => {
  it('is offered as JSON that holds the whole model and can start another document', async () => {
    const response = await exported('json')
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8')
    expect(response.headers.get('x-throughline-omits')).toBeNull()
    const file = (await response.json()) as { kind: string; title: string; model: unknown }
    expect(file).toMatchObject({
      kind: 'driver-diagram',
      schema: 1,
      title: 'Fewer missed days: “2025”',
      records: {},
    })
    const again = await startDiagram(rivers.coordinator, rivers.networkId, { content: file.model })
    expect(again).not.toBe(id)
  })

  it('is offered as Markdown, with what people wrote as text', async () => {
    const response = await exported('markdown')
    expect(response.headers.get('content-type')).toBe('text/markdown; charset=utf-8')
    const text = await response.text()
    expect(text).toMatch(/^# Fewer missed days: “2025”\n\nLower it to 19 %\n/)
    expect(text).toContain('=1+1 \\*inhaler\\*')
  })

  it('is offered as a drawing', async () => {
    const response = await exported('svg')
    expect(response.headers.get('content-type')).toBe('image/svg+xml')
    expect(await response.text()).toMatch(/^<svg [\s\S]+<\/svg>\s*$/)
  })

  it('is offered as CSV with guarded cells, and says what the CSV cannot hold', async () => {
    const response = await exported('csv')
    expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8')
    expect(response.headers.get('x-throughline-omits')).toMatch(/\w/)
    const bytes = new Uint8Array(await response.arrayBuffer())
    expect([...bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
    const [head, ...rows] = new TextDecoder().decode(bytes).split('\r\n')
    expect(head).toBe('id,level,parent_id,text,color,extra_parents')
    expect(rows.find((row) => row.includes('inhaler'))).toContain(",'=1+1 *inhaler*,")
  })

  it('is saved under the title', async () => {
    const disposition = (await exported('svg')).headers.get('content-disposition')
    expect(disposition).toBe(
      `attachment; filename="Fewer missed days- _2025_.svg"; filename*=UTF-8''Fewer%20missed%20days-%20%E2%80%9C2025%E2%80%9D.svg`,
    )
  })

  it.each(['docx', '', 'toString'])('lists what there is when asked for “%s”', async (format) => {
    const response = await exported(format)
    expect(response.status).toBe(406)
    const { error } = (await response.json()) as ErrorBody
    expect(error).toEqual({ code: 'not-acceptable', message: 'Choose a format: json, markdown, svg, csv.' })
  })

  it('is for whoever may read the document, and for nobody else', async () => {
    const observer = await rivers.person('observer')
    const path = `/api/documents/${id}/export?format=csv`
    expect((await observer.fetch(path)).status).toBe(404)
    await rivers.coordinator.fetch(`/api/documents/${id}`, { method: 'PUT', json: { shared: true } })
    expect((await observer.fetch(path)).status).toBe(200)
  })
})
