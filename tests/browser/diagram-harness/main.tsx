import { Route, Router } from '@solidjs/router'
import { createSignal, For } from 'solid-js'
import { render } from 'solid-js/web'
import { Awareness } from 'y-protocols/awareness'
import * as Y from 'yjs'
import { fillDiagram, parseSeed } from '#shared/kinds/driver-diagram/seed.ts'
import { Body } from '../../../client/kinds/driver-diagram/Body.tsx'
import { bindUndoKeys, createUndo, ownEdit, untrackedEdit } from '../../../client/sync/undo.ts'
import { Avatar } from '../../../client/ui/Avatar.tsx'
import { ThroughLine } from '../../../client/ui/ThroughLine.tsx'
import { Toasts } from '../../../client/ui/toasts.tsx'
import '../../../client/ui/theme.css'
import '../../../client/ui/base.css'
import seed from './seed.json'

const doc = new Y.Doc()
const q = new URLSearchParams(location.search)
const given = structuredClone(seed) as any
if (q.has('blank')) fillDiagram(doc, parseSeed({ aim: { statement: '' }, cards: [] }))
else {
  if (q.has('many')) {
    const n = Number(q.get('many'))
    given.cards = []
    for (let i = 0; i < 8; i++)
      given.cards.push({ id: `P${i}`, column: 'primary', title: `Primary driver number ${i} with words` })
    for (let i = 0; i < n / 4; i++)
      given.cards.push({
        id: `S${i}`,
        column: 'secondary',
        title: `Secondary driver ${i} about something`,
        leadsTo: [`P${i % 8}`],
      })
    for (let i = 0; i < (n * 3) / 4 - 8; i++)
      given.cards.push({
        id: `C${i}`,
        column: 'idea',
        title: `Change idea ${i}: call home on day ${i} of absence`,
        leadsTo: [
          `S${Math.floor(i / 3) % Math.floor(n / 4)}`,
          ...(i % 3 ? [] : [`S${(i * 7) % Math.floor(n / 4)}`]),
        ],
      })
  }
  fillDiagram(doc, parseSeed(given))
}
const awareness = new Awareness(doc)
const undo = createUndo(doc)
const canEdit = () => !q.has('view')
bindUndoKeys(undo, canEdit)
const me = { id: 'me', name: 'Priya Raman', color: 2 as const, email: 'p@x' }
const others = [
  {
    accountId: 'rd',
    name: 'Rafael Duarte',
    color: 3 as const,
    role: 'facilitator',
    clientId: 5,
    self: false,
  },
  { accountId: 'mv', name: 'Marisol Vega', color: 6 as const, role: 'member', clientId: 6, self: false },
]
const [people, setPeople] = createSignal<any[]>([])
const open: any = {
  id: 'doc1',
  doc,
  awareness,
  undo,
  edit: (change: any, { tracked = true }: any = {}) => {
    undo.stopCapturing()
    try {
      return doc.transact(change, tracked ? ownEdit : untrackedEdit)
    } finally {
      undo.stopCapturing()
    }
  },
  level: () => (canEdit() ? 'edit' : 'view'),
  canEdit,
  ready: () => true,
  saved: () => ({ kind: 'saved', at: Date.now() }),
  people,
  announce: () => {},
  trouble: () => undefined,
}
Object.assign(window, { h: { doc, open, Y, setPeople, others, undo } })
const network: any = {
  id: 'n',
  name: 'Three Rivers',
  roles: [],
  timeZone: 'UTC',
  teams: [],
  members: [
    { id: '1', role: 'facilitator', person: { id: 'rd', name: 'Rafael Duarte', color: 3 } },
    { id: '2', role: 'lead', person: { id: 'nl', name: 'Nora Lindqvist', color: 8 } },
  ],
}
function Page() {
  const [tools, setTools] = createSignal<HTMLElement>()
  const [items, setItems] = createSignal<any[]>([])
  const [following, setFollowing] = createSignal<string>()
  ;(window as any).h.setFollowing = setFollowing
  return (
    <div style={{ display: 'flex', 'flex-direction': 'column', height: '100dvh' }}>
      <header class="bar">
        <span class="mark">Throughline</span>
      </header>
      <ThroughLine items={items()} />
      <section class="dochead" style={{ 'border-bottom': 'var(--hairline)' }}>
        <h1 class="clip">Fewer missed school days</h1>
        <span class="push row" ref={setTools} />
        <For each={people()}>{(p) => <Avatar person={p} />}</For>
      </section>
      <Body
        open={open}
        detail={{ id: 'doc1', title: 'Fewer missed school days' } as any}
        network={network}
        me={me}
        frame={
          {
            tools,
            setThroughLine: setItems,
            setExports: (a: any) => {
              ;(window as any).h.exports = a
            },
            following,
            stopFollowing: () => setFollowing(undefined),
          } as any
        }
      />
      <Toasts />
    </div>
  )
}
render(
  () => (
    <Router>
      <Route path="*" component={Page} />
    </Router>
  ),
  document.getElementById('app')!,
)
