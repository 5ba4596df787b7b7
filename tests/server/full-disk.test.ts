import { expect, it } from 'vitest'
import { expectOk, startTestServer } from '../support/server.ts'
import { openSmallDisk } from '../support/small-disk.ts'

it('on a disk that is really full a write answers 507 with a sentence, reading goes on, and writing does when there is room', async (context) => {
  const disk = openSmallDisk(12)
  if (disk === undefined) return context.skip('This computer does not let us mount a small disk.')
  const server = await startTestServer()
  try {
    const imani = await server.setup()
    const documents = `/api/networks/${imani.networkId}/documents`
    const create = (title: string) =>
      imani.fetch(documents, {
        json: { kind: 'driver-diagram', title, content: { aim: { statement: 'word '.repeat(2000) } } },
      })
    await expectOk(await create('Before'))
    disk.fill()
    // What lies in the log's file already has room; what it grows by has none.
    let answer = await create('While 0')
    for (let tries = 1; answer.ok && tries < 500; tries++) answer = await create(`While ${tries}`)
    expect(answer.status).toBe(507)
    expect(((await answer.json()) as { error: { message: string } }).error.message).toMatch(/\.$/)
    const list = () => imani.fetch(documents).then(expectOk) as Promise<{ documents: { title: string }[] }>
    const readable = (await list()).documents.length
    disk.free()
    await expectOk(await create('After'))
    expect((await list()).documents).toHaveLength(readable + 1)
  } finally {
    await server.close()
    disk.close()
  }
})
