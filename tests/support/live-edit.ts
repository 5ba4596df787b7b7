import * as Y from 'yjs'
import { RawPeer, updateOf, waitFor } from './peer.ts'
import type { TestPerson, TestServer } from './server.ts'

type Reached = Pick<TestServer, 'origin' | 'port'>

/** Someone's socket on a document, once it knows the whole of it. */
export async function openSocket(server: Reached, person: TestPerson, documentId: string): Promise<RawPeer> {
  const peer = await RawPeer.open({
    origin: `http://127.0.0.1:${server.port}`,
    originHeader: server.origin,
    documentId,
    cookie: person.cookie,
  })
  peer.sendStepOne()
  await waitFor(() => peer.hasHeard('step-2').length > 0, { what: 'the whole document' })
  return peer
}

/** Edits a document through a socket, whatever the edit is, and waits until that is saved. */
export async function editLive(
  server: Reached,
  person: TestPerson,
  documentId: string,
  edit: (doc: Y.Doc) => void,
): Promise<void> {
  const peer = await openSocket(server, person, documentId)
  peer.sendUpdate(updateOf(edit, { before: Y.encodeStateAsUpdate(peer.document()) }))
  peer.ask(1)
  const { kind } = await peer.answered(1)
  peer.destroy()
  if (kind !== 'saved') throw new Error('The edit was refused')
}

/** The document as someone's socket has it. */
export async function readThroughSocket(
  server: Reached,
  person: TestPerson,
  documentId: string,
): Promise<Y.Doc> {
  const peer = await openSocket(server, person, documentId)
  const doc = peer.document()
  peer.destroy()
  return doc
}
