import { describe, expect, it } from 'vitest'
import { AppError } from '#shared/errors.ts'
import { newId } from '#shared/ids.ts'
import type { Attachment } from '#shared/records.ts'
import { Unreachable } from '../../client/api.ts'
import { nameFor, sizeOf } from '../../client/attachments/file-words.ts'
import { prepareFile } from '../../client/attachments/prepare-file.ts'
import { fitted } from '../../client/attachments/redraw.ts'
import { type OutgoingFile, Sending, type SendingDeps } from '../../client/attachments/sending.ts'
import { sendingSentence, stateSentence } from '../../client/attachments/sending-words.ts'
import { listUnsentWork } from '../../client/sync/local-copy.ts'
import { dropFiles, keepFile, listWaitingFiles, type WaitingFile } from '../../client/sync/waiting-files.ts'
import { waitFor } from '../support/wait-for.ts'

const chosen = (name: string, content = name, type = 'text/plain') => new File([content], name, { type })

const waiting = (name: string, chosenAt = 1): WaitingFile => ({
  id: newId(),
  accountId: 'nora',
  documentId: 'cycle',
  name,
  bytes: new Blob([name]),
  chosenAt,
})

/** What a device holds, whoever has the page open. */
class Device {
  readonly files = new Map<string, WaitingFile>()
  keeps = true

  readonly store: SendingDeps['store'] = {
    keep: async (file) => {
      this.files.set(file.id, file)
      return this.keeps
    },
    list: async (accountId) =>
      [...this.files.values()]
        .filter((file) => file.accountId === accountId)
        .map((file) => ({ ...file, isKept: this.keeps })),
    isWaiting: async (id) => this.files.has(id),
    drop: async (id) => void this.files.delete(id),
  }
}

/** A server that stores each id once, and does as it is told. */
class Server {
  readonly stored = new Map<string, Attachment>()
  readonly requests: string[] = []
  isThere = true
  losesAnswers = false
  refuses: { readonly name: string; readonly with: AppError } | undefined
  /** While set, a file is half sent until it resolves. */
  gate: Promise<void> | undefined

  readonly upload: SendingDeps['upload'] = async (file, onShare) => {
    this.requests.push(file.name)
    if (!this.isThere) throw new Unreachable()
    onShare(0.5)
    await this.gate
    if (this.refuses?.name === file.name) throw this.refuses.with
    const attachment: Attachment = {
      id: file.id,
      name: file.name,
      type: 'text/plain',
      bytes: file.bytes.size,
      by: { id: file.accountId, name: 'Nora', color: 1 },
      at: 1,
    }
    if (!this.stored.has(file.id)) this.stored.set(file.id, attachment)
    if (this.losesAnswers) throw new Unreachable()
    return attachment
  }
}

interface Page {
  readonly sending: Sending
  /** What the page has shown so far of each file, state by state. */
  readonly seen: string[]
  reloads: number
  maySend: boolean
}

function openPage(device: Device, server: Server, changes: Partial<SendingDeps> = {}): Page {
  const page: Page = {
    seen: [],
    reloads: 0,
    maySend: true,
    sending: new Sending({
      accountId: 'nora',
      documentId: 'cycle',
      store: device.store,
      prepare: (file) => prepareFile(file, async () => undefined),
      upload: server.upload,
      alone: (_, work) => work(),
      maySend: () => page.maySend,
      // The shortest wait that there is.
      random: () => 0,
      now: () => Date.now(),
      changed: (files) => {
        const now = files.map(({ name, state }) => `${name} ${state.is}`).join(', ')
        if (page.seen.at(-1) !== now) page.seen.push(now)
      },
      sent: () => {
        page.reloads += 1
      },
      ...changes,
    }),
  }
  return page
}

const states = (page: Page) => page.sending.files.map(({ state }) => state.is)

describe('a file that is chosen', () => {
  it('is made ready, kept, sent and gone from the device', async () => {
    const [device, server] = [new Device(), new Server()]
    const page = openPage(device, server)
    await page.sending.add([chosen('Tally.txt')], 'do')
    await waitFor(() => server.stored.size === 1 && states(page)[0] === 'sent')
    expect(page.seen).toEqual([
      'Tally.txt preparing',
      'Tally.txt waiting',
      'Tally.txt sending',
      'Tally.txt sent',
    ])
    expect(page.reloads).toBe(1)
    expect(device.files.size).toBe(0)
    expect(page.sending.files[0]?.part).toBe('do')
    page.sending.seen([...server.stored.values()])
    expect(page.sending.files).toEqual([])
  })

  it('goes out after those that were chosen before it', async () => {
    const [device, server] = [new Device(), new Server()]
    const page = openPage(device, server)
    await page.sending.add([chosen('a'), chosen('b'), chosen('c')])
    await waitFor(() => server.stored.size === 3)
    expect(server.requests).toEqual(['a', 'b', 'c'])
  })

  it('while the server does not answer waits on the device, and goes out once when it is there again', async () => {
    const [device, server] = [new Device(), new Server()]
    server.isThere = false
    const page = openPage(device, server)
    await page.sending.add([chosen('Tally.txt')])
    await waitFor(() => server.requests.length > 0 && states(page)[0] === 'waiting')
    expect(device.files.size).toBe(1)
    expect(stateSentence(page.sending.files[0] as OutgoingFile)).toBe(
      'Waits on this device until the server answers',
    )
    expect(page.sending.wouldLose).toBe(false)
    server.isThere = true
    await page.sending.wake()
    expect(states(page)).toEqual(['sent'])
    expect(server.stored.size).toBe(1)
    expect(device.files.size).toBe(0)
  })

  it('is tried again by itself', async () => {
    const [device, server] = [new Device(), new Server()]
    server.isThere = false
    const page = openPage(device, server)
    await page.sending.add([chosen('Tally.txt')])
    await waitFor(() => server.requests.length === 1)
    server.isThere = true
    await waitFor(() => server.stored.size === 1)
    page.sending.close()
  })

  it('whose answer was lost is sent again and stored once', async () => {
    const [device, server] = [new Device(), new Server()]
    server.losesAnswers = true
    const page = openPage(device, server)
    await page.sending.add([chosen('Tally.txt')])
    await waitFor(() => server.stored.size === 1 && states(page)[0] === 'waiting')
    server.losesAnswers = false
    await page.sending.wake()
    expect(server.requests).toHaveLength(2)
    expect(server.stored.size).toBe(1)
    expect(states(page)).toEqual(['sent'])
  })

  it('is taken up by the next visit when the page was closed', async () => {
    const [device, server] = [new Device(), new Server()]
    server.isThere = false
    const first = openPage(device, server)
    await first.sending.add([chosen('Tally.txt')], 'do')
    await waitFor(() => states(first)[0] === 'waiting' && server.requests.length === 1)
    first.sending.close()
    server.isThere = true
    const second = openPage(device, server)
    await second.sending.resume()
    expect(second.sending.files).toMatchObject([{ name: 'Tally.txt', part: 'do', state: { is: 'sent' } }])
    expect(server.stored.size).toBe(1)
    expect(device.files.size).toBe(0)
  })

  it('of another document or another person is none of this page’s', async () => {
    const [device, server] = [new Device(), new Server()]
    await device.store.keep({ ...waiting('x'), documentId: 'another' })
    await device.store.keep({ ...waiting('y'), accountId: 'beth' })
    const page = openPage(device, server)
    await page.sending.resume()
    expect(page.sending.files).toEqual([])
    expect(server.requests).toEqual([])
  })

  it('that two tabs know of is sent by one of them', async () => {
    const [device, server] = [new Device(), new Server()]
    let last: Promise<unknown> = Promise.resolve()
    const alone: SendingDeps['alone'] = (_, work) => {
      const run = last.then(work)
      last = run
      return run
    }
    await device.store.keep(waiting('Tally.txt'))
    const tabs = [openPage(device, server, { alone }), openPage(device, server, { alone })]
    await Promise.all(tabs.map(({ sending }) => sending.resume()))
    expect(server.requests).toEqual(['Tally.txt'])
    expect(tabs.flatMap(states)).toEqual(['sent'])
    // The other one shows it too.
    expect(tabs.map(({ reloads }) => reloads)).toEqual([1, 1])
  })

  it('stays in sight when it is refused, and does not hold up the others', async () => {
    const [device, server] = [new Device(), new Server()]
    const full = new AppError('too-large', 'The files of this network take up all of its 1 GB.')
    server.refuses = { name: 'first', with: full }
    for (const [index, name] of ['first', 'second'].entries()) await device.store.keep(waiting(name, index))
    // Nothing is tried again by itself here.
    const page = openPage(device, server, { random: () => 1_000 })
    await page.sending.resume()
    expect(states(page)).toEqual(['refused', 'sent'])
    expect(stateSentence(page.sending.files[0] as OutgoingFile)).toMatch(/all of its 1 GB/)
    expect(device.files.size).toBe(1)

    server.refuses = undefined
    await page.sending.retry(page.sending.files[0]?.id ?? '')
    await waitFor(() => server.stored.size === 2)
  })

  it('can be given up while it waits, and when it was refused', async () => {
    const [device, server] = [new Device(), new Server()]
    server.isThere = false
    const page = openPage(device, server)
    await page.sending.add([chosen('first'), chosen('', '')])
    await waitFor(() => states(page).join() === 'waiting,refused')
    for (const { id } of page.sending.files) await page.sending.dismiss(id)
    expect(page.sending.files).toEqual([])
    expect(device.files.size).toBe(0)
    server.isThere = true
    await page.sending.wake()
    expect(server.stored.size).toBe(0)
  })

  it('is not sent in the name of who comes next, nor after its person has left', async () => {
    const [device, server] = [new Device(), new Server()]
    const page = openPage(device, server)
    page.maySend = false
    await page.sending.add([chosen('mine.txt')])
    await waitFor(() => states(page)[0] === 'waiting')
    expect(server.requests).toEqual([])
    // Signing out drops what waits on the device.
    device.files.clear()
    page.maySend = true
    await page.sending.wake()
    expect(server.requests).toEqual([])
    expect(page.sending.files).toEqual([])
  })

  it('where the device keeps nothing says so, and would be lost with the page', async () => {
    const [device, server] = [new Device(), new Server()]
    device.keeps = false
    server.isThere = false
    const page = openPage(device, server)
    await page.sending.add([chosen('mine.txt')])
    await waitFor(() => states(page)[0] === 'waiting')
    expect(page.sending.wouldLose).toBe(true)
    expect(stateSentence(page.sending.files[0] as OutgoingFile)).toBe(
      'Not sent yet. Stay on this page: this device keeps nothing',
    )
  })

  it('that comes while another one is being sent goes out after it', async () => {
    const [device, server] = [new Device(), new Server()]
    let open = () => {}
    server.gate = new Promise((resolve) => {
      open = resolve
    })
    const page = openPage(device, server)
    await page.sending.add([chosen('first')])
    await waitFor(() => states(page)[0] === 'sending')
    await page.sending.add([chosen('second')])
    expect(states(page)).toEqual(['sending', 'waiting'])
    expect(sendingSentence(page.sending.files)).toBe('Sending 1 file. 1 file waits to be sent.')
    open()
    await waitFor(() => server.stored.size === 2)
  })
})

describe('making a file ready', () => {
  const smaller = async () => new Blob(['smaller'], { type: 'image/jpeg' })

  it('draws a picture anew and names it after what it is then', async () => {
    const { name, bytes } = await prepareFile(chosen('IMG_0042.HEIC', 'raw', 'image/heic'), smaller)
    expect(name).toBe('IMG_0042.jpg')
    expect(await bytes.text()).toBe('smaller')
  })

  it('takes a picture that is too large to be sent as it is', async () => {
    const large = new File([new Uint8Array(11 * 1024 * 1024)], 'large.png', { type: 'image/png' })
    expect((await prepareFile(large, smaller)).bytes.size).toBe(7)
  })

  it('keeps everything else as it is, with the type that its bytes say', async () => {
    const { name, bytes } = await prepareFile(
      chosen('data.csv', 'a,b\n1,2\n', 'application/vnd.ms-excel'),
      smaller,
    )
    expect([name, bytes.type, await bytes.text()]).toEqual(['data.csv', 'text/csv', 'a,b\n1,2\n'])
  })

  it('refuses at once, offline too, what the server would refuse', async () => {
    const cannotDraw = async () => undefined
    const refused = (file: File) => prepareFile(file, cannotDraw).catch((error: AppError) => error.message)
    expect(await refused(chosen('page.jpg', '<html>', 'image/jpeg'))).toMatch(/none of them/)
    expect(await refused(chosen('drawing.svg', '<svg/>', 'image/svg+xml'))).toMatch(/none of them/)
    expect(await refused(chosen('empty', ''))).toBe('This file is empty.')
    const large = new File([new Uint8Array(14 * 1024 * 1024)], 'large.pdf', { type: 'application/pdf' })
    expect(await refused(large)).toBe('A file has at most 10 MB. This one has 14 MB.')
  })

  it('never draws what may hold a program', async () => {
    const drawing = prepareFile(chosen('drawing.svg', '<svg/>', 'image/svg+xml'), smaller)
    await expect(drawing).rejects.toThrow(/none of them/)
  })

  it('makes no picture larger, and none longer than it may be', () => {
    expect(fitted({ width: 4_032, height: 3_024 }, 2_048)).toEqual({ width: 2_048, height: 1_536 })
    expect(fitted({ width: 3_024, height: 4_032 }, 2_048)).toEqual({ width: 1_536, height: 2_048 })
    expect(fitted({ width: 800, height: 600 }, 2_048)).toEqual({ width: 800, height: 600 })
    expect(fitted({ width: 20_000, height: 3 }, 2_048)).toEqual({ width: 2_048, height: 1 })
  })
})

describe('words about files', () => {
  it('say sizes as people do', () => {
    expect([1, 1_500, 831_488, 2_202_010, 10_485_760].map(sizeOf)).toEqual([
      '1 KB',
      '1 KB',
      '812 KB',
      '2.1 MB',
      '10 MB',
    ])
  })

  it('name a file so that the server takes it', () => {
    expect(nameFor('photo.JPEG', 'image/jpeg')).toBe('photo.JPEG')
    expect(nameFor('photo', 'image/jpeg')).toBe('photo.jpg')
    expect(nameFor('board.gif', 'image/png')).toBe('board.png')
    expect(nameFor('.csv')).toBe('.csv')
    expect(nameFor(`${'x'.repeat(300)}.csv`)).toBe(`${'x'.repeat(196)}.csv`)
    expect(nameFor('x'.repeat(300))).toHaveLength(200)
  })

  it('say how all of them stand, not at every percent', () => {
    const file = (state: OutgoingFile['state']): OutgoingFile => ({ id: '1', name: 'x', isKept: true, state })
    const half = file({ is: 'sending', share: 0.5 })
    expect(stateSentence(half)).toBe('Sending, 50 %')
    expect(stateSentence(file({ is: 'sending', share: 1 }))).toBe('Almost there')
    expect(sendingSentence([half])).toBe(sendingSentence([file({ is: 'sending', share: 0.9 })]))
    expect(sendingSentence([file({ is: 'refused', reason: 'no' }), file({ is: 'waiting' })])).toBe(
      '1 file waits to be sent. 1 file was not taken.',
    )
    expect(sendingSentence([])).toBe('')
  })
})

describe('a device that keeps nothing', () => {
  it('holds files in the page alone, says at sign-out that they are not sent, and forgets them then', async () => {
    const file = waiting('Tally.txt')
    expect(await keepFile(file)).toBe(false)
    expect(await listWaitingFiles('nora')).toMatchObject([{ id: file.id, isKept: false }])
    expect(await listWaitingFiles('beth')).toEqual([])
    expect(await listUnsentWork('nora')).toEqual([
      { documentId: 'cycle', changes: 0, files: 1, isKeptCopy: false },
    ])
    await dropFiles('nora')
    expect(await listWaitingFiles('nora')).toEqual([])
    expect(await listUnsentWork('nora')).toEqual([])
  })
})
