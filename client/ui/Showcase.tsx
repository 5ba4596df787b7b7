import { createSignal, For, type JSX } from 'solid-js'
import { Avatar, AvatarButton, Avatars, PersonName } from './Avatar.tsx'
import { Badge } from './Badge.tsx'
import { Bar } from './Bar.tsx'
import { Button, type ButtonKind, IconButton, LinkButton } from './Button.tsx'
import { Choices } from './Choices.tsx'
import { Dialog } from './Dialog.tsx'
import { type EmptyPicture, EmptyState } from './EmptyState.tsx'
import { CheckField, LongTextField, PasswordField, SelectField, TextField } from './Field.tsx'
import { Icon, iconNames } from './Icon.tsx'
import { Menu } from './Menu.tsx'
import { Notice } from './Notice.tsx'
import { SavedIndicator } from './SavedIndicator.tsx'
import './showcase.css'
import { Skeleton } from './Skeleton.tsx'
import { SkipLink } from './SkipLink.tsx'
import { Tabs } from './Tabs.tsx'
import { ThroughLine } from './ThroughLine.tsx'
import { chooseTheme, type ThemeChoice, themeChoice } from './theme.ts'
import { showToast, Toasts } from './toasts.tsx'

/** Every component in every state. For those who build with them; served by `npm run dev` alone. */
export default function Showcase(): JSX.Element {
  return (
    <>
      <SkipLink />
      <Bar crumbs={[{ label: 'Components' }]} places={places} lined>
        <Choices
          label="Theme"
          value={themeChoice()}
          onChange={(theme: ThemeChoice) => chooseTheme(theme)}
          options={[
            { value: 'system', label: 'System' },
            { value: 'light', label: 'Light' },
            { value: 'dark', label: 'Dark' },
          ]}
        />
      </Bar>
      <main class="page showcase" id="main" tabIndex={-1}>
        <header class="lede">
          <h1 class="display">Components</h1>
          <p class="quiet">Everything the screens are made of, in every state.</p>
        </header>
        <Part name="Through-line" hint="On every document. Stations are links; a dashed one has nothing yet.">
          <div class="stack bleed">
            <ThroughLine items={fullLine} />
            <ThroughLine items={[{ station: 'aim', label: 'not written yet', here: true }]} />
          </div>
        </Part>
        <Part
          name="Color"
          hint="One accent for what can be acted on. Columns keep their hue and their shape."
        >
          <ul class="swatches">
            <For each={swatches}>
              {(name) => (
                <li>
                  <i class={`swatch of-${name}`} />
                  {name}
                </li>
              )}
            </For>
          </ul>
        </Part>
        <Part name="Type" hint="Six sizes on a 4 px grid. Serif to remember, sans to work.">
          <div class="stack">
            <p class="display">33 % missed school again</p>
            <h1>Fewer missed school days</h1>
            <h2>See the system that produces the current outcomes</h2>
            <p>Two families asked who we are: they know the nurse, not the counselor.</p>
            <h3>Take to Act, 21 of 24 months, 10:42 am</h3>
            <p class="label">13/20, labels, captions, never smaller</p>
          </div>
        </Part>
        <Part name="Buttons" hint="One primary on a screen. 32 px by pointer, 44 px by thumb.">
          <ButtonStates />
        </Part>
        <Part name="Icons" hint="16 px, strokes of 1.5, drawn here.">
          <ul class="icon-list">
            <For each={iconNames}>
              {(name) => (
                <li>
                  <Icon name={name} />
                  {name}
                </li>
              )}
            </For>
          </ul>
        </Part>
        <Part name="Fields" hint="Label, one sentence of help, field, one sentence of what to do.">
          <FieldStates />
        </Part>
        <Part
          name="Menu and dialog"
          hint="Only what floats has a shadow. A dialog says what will be true afterwards."
        >
          <Floating />
        </Part>
        <Part name="Tabs and badges" hint="Words first. A wash only where the eye must find it.">
          <TabsAndBadges />
        </Part>
        <Part name="People" hint="Initials always; color never alone. Away is an outline.">
          <People />
        </Part>
        <Part name="Saved, notices, toasts" hint="Four states in words, icon and color, announced politely.">
          <Messages />
        </Part>
        <Part
          name="Cards"
          hint="Words on a rule; links leave from the rule. A box appears only where someone is."
        >
          <ExampleCards />
        </Part>
        <Part
          name="Table"
          hint="Figures to the right, tabular. Missing, hidden, zero and corrected read differently."
        >
          <ExampleTable />
        </Part>
        <Part name="Empty states" hint="One line drawn, one sentence of method, one step.">
          <div class="examples">
            <For each={emptyStates}>
              {([picture, sentence, step]) => (
                <EmptyState picture={picture} action={<Button>{step}</Button>}>
                  {sentence}
                </EmptyState>
              )}
            </For>
          </div>
        </Part>
        <Part name="Loading" hint="The place of what is on its way, quiet.">
          <Skeleton lines={4} />
        </Part>
      </main>
      <Toasts />
    </>
  )
}

const places = [
  { label: 'Network', href: '/ui' },
  { label: 'Documents', href: '/ui', current: true },
]

const fullLine = [
  { station: 'aim', label: '19 % by December 2025', href: '/ui' },
  { station: 'driver', label: 'Welcoming contact', href: '/ui' },
  { station: 'idea', label: 'Nurse calls on day 2', href: '/ui', here: true },
  { station: 'cycle', label: '5, Eastfield, grade 6', href: '/ui' },
  { station: 'measure', label: 'M1, 12.6 %', href: '/ui' },
] as const

const swatches = [
  'paper',
  'sheet',
  'sunk',
  'line',
  'line-strong',
  'ink-3',
  'ink-2',
  'ink',
  'accent',
  'accent-wash',
  'aim',
  'primary',
  'secondary',
  'idea',
  'plan',
  'do',
  'study',
  'act',
  'notice',
  'notice-wash',
  'danger',
  'danger-wash',
]

const emptyStates: readonly (readonly [EmptyPicture, string, string])[] = [
  ['beginning', 'Every piece of work hangs on one line. It begins with an aim.', 'Write the aim'],
  ['meeting', 'A nurse, a teacher, a parent: three is enough to begin.', 'Invite someone'],
  ['gap', 'Nothing found for “inhalor”.', 'Show all'],
  ['offline', 'This diagram was never opened on this device, so there is no copy to show.', 'Try again'],
  ['barrier', 'This draft belongs to Dunmore High. Its lead can share it.', 'Go back'],
  ['done', 'Nothing needs you.', 'See what is next'],
]

function Part(props: { name: string; hint: string; children: JSX.Element }): JSX.Element {
  return (
    <section class="part">
      <header>
        <h2>{props.name}</h2>
        <p class="hint">{props.hint}</p>
      </header>
      <div>{props.children}</div>
    </section>
  )
}

const kinds: readonly ButtonKind[] = ['primary', 'plain', 'quiet', 'danger']

function ButtonStates(): JSX.Element {
  return (
    <div class="stack">
      <div class="button-states">
        <span />
        <For each={['rest', 'hover', 'focus', 'down', 'busy', 'not yet']}>
          {(state) => <span class="label">{state}</span>}
        </For>
        <For each={kinds}>
          {(kind) => (
            <>
              <span class="label">{kind}</span>
              <Button kind={kind}>Ask for review</Button>
              <Button kind={kind} class="is-hover">
                Ask for review
              </Button>
              <Button kind={kind} class="is-focus">
                Ask for review
              </Button>
              <Button kind={kind} class="is-down">
                Ask for review
              </Button>
              <Button kind={kind} busy>
                Ask for review
              </Button>
              <Button kind={kind} disabled>
                Ask for review
              </Button>
            </>
          )}
        </For>
      </div>
      <div class="row-wide">
        <IconButton icon="export" label="Export" kind="plain" />
        <IconButton icon="more" label="More" />
        <IconButton icon="panel" label="Panel" kind="plain" pressed />
        <Button icon="people" aria-pressed="true">
          Following Rafael
        </Button>
        <LinkButton href="/ui" icon="plus">
          A link, drawn as a step
        </LinkButton>
        <a href="/ui">A link in the text</a>
        <span>
          Save with <kbd>Ctrl</kbd> <kbd>Enter</kbd>
        </span>
      </div>
    </div>
  )
}

function FieldStates(): JSX.Element {
  const [owner, setOwner] = createSignal('nora')
  const [isShared, setShared] = createSignal(true)
  const [fidelity, setFidelity] = createSignal('partly')
  return (
    <div class="examples">
      <TextField
        label="By when"
        help="A date, so that the aim can be kept or missed."
        value="December 2025"
      />
      <TextField label="Students who missed 10 %" value="431" error="431 is more than the 416 enrolled." />
      <TextField label="Sealed prediction" help="Sealed on December 1." value="28 %" disabled />
      <PasswordField label="Password" help="At least 10 characters." value="three-rivers" />
      <SelectField
        label="Owner"
        value={owner()}
        onChange={setOwner}
        options={[
          { value: 'nora', label: 'Nora Lindqvist' },
          { value: 'hank', label: 'Hank Sorensen' },
        ]}
      />
      <LongTextField label="What surprised us" rows="2" placeholder="Write what nobody expected." />
      <CheckField label="Share with the network" checked={isShared()} onChange={setShared} />
      <div class="field">
        <span class="field-label">Carried out as planned</span>
        <Choices
          label="Carried out as planned"
          value={fidelity()}
          onChange={setFidelity}
          options={[
            { value: 'yes', label: 'Yes' },
            { value: 'partly', label: 'Partly' },
            { value: 'no', label: 'No' },
          ]}
        />
      </div>
    </div>
  )
}

function Floating(): JSX.Element {
  const [isOpen, setOpen] = createSignal(false)
  const [status, setStatus] = createSignal('Adapted')
  return (
    <div class="row-wide">
      <Menu
        label="Export"
        icon="export"
        items={[
          { label: 'Print on one page', icon: 'print', run: () => showToast({ text: 'Printing.' }) },
          { label: 'Markdown', icon: 'document', run: () => showToast({ text: 'Markdown.' }) },
          { divider: true },
          { label: 'Raw data', icon: 'lock', disabled: true, run: () => undefined },
          { label: 'Archive', icon: 'archive', danger: true, run: () => showToast({ text: 'Archived.' }) },
        ]}
      />
      <Menu
        label={status()}
        items={['Proposed', 'Accepted', 'Adapted'].map((name) => ({
          label: name,
          checked: name === status(),
          run: () => setStatus(name),
        }))}
      />
      <Button onClick={() => setOpen(true)}>Open a dialog</Button>
      <Dialog
        open={isOpen()}
        onClose={() => setOpen(false)}
        title="Start Do and seal the predictions?"
        footer={
          <>
            <Button kind="quiet" onClick={() => setOpen(false)}>
              Keep planning
            </Button>
            <Button kind="primary" icon="seal" onClick={() => setOpen(false)}>
              Seal and start
            </Button>
          </>
        }
      >
        <p class="small">Three predictions will be sealed with the time and who was here.</p>
        <TextField label="A note" />
      </Dialog>
    </div>
  )
}

function TabsAndBadges(): JSX.Element {
  const [tab, setTab] = createSignal<'about' | 'links'>('about')
  return (
    <div class="examples two">
      <div>
        <Tabs
          label="Example"
          selected={tab()}
          onSelect={setTab}
          tabs={[
            { id: 'about', label: 'About' },
            { id: 'links', label: 'Links', count: 5 },
          ]}
        >
          <p class="small tab-body">{tab() === 'about' ? 'What it is.' : 'What it leads to.'}</p>
        </Tabs>
      </div>
      <div class="row-wide">
        <Badge icon="lock">Draft</Badge>
        <Badge icon="flag" tone="waits" washed>
          Must answer
        </Badge>
        <Badge icon="alert" tone="wrong" washed>
          Not saved
        </Badge>
        <span class="tag">family contact</span>
      </div>
    </div>
  )
}

const somePeople = [
  'Imani Okafor',
  'Priya Raman',
  'Rafael Duarte',
  'Fatima Haddad',
  'Dr. Lena Whitfield',
  'Marisol Vega',
  'Gus Halvorsen',
  'Nora Lindqvist',
].map((name, index) => ({ name, color: index + 1 }))

function People(): JSX.Element {
  const [isFollowing, setFollowing] = createSignal(true)
  const rafael = { name: 'Rafael Duarte', color: 3 }
  return (
    <div class="row-wide">
      <Avatars label="Here now" people={somePeople} most={8} />
      <Avatars label="Here now" people={somePeople} most={3} />
      <span class="person">
        <AvatarButton
          person={rafael}
          label={isFollowing() ? 'Stop following Rafael Duarte' : 'Follow Rafael Duarte'}
          following={isFollowing()}
          onClick={() => setFollowing(!isFollowing())}
        />
        {isFollowing() ? 'You follow Rafael' : 'Follow'}
      </span>
      <span class="person">
        <Avatar person={{ name: 'Tomas Brandt', color: 7 }} away />
        Tomas Brandt, away
      </span>
      <PersonName person={{ name: 'Nora Lindqvist', color: 8 }} />
    </div>
  )
}

function Messages(): JSX.Element {
  const now = new Date(2026, 0, 14, 9, 20).getTime()
  return (
    <div class="stack">
      <div class="row-wide">
        <SavedIndicator state={{ kind: 'saved', at: now - 360_000 }} now={now} />
        <SavedIndicator state={{ kind: 'saving' }} now={now} />
        <SavedIndicator state={{ kind: 'offline', changes: 12, kept: true }} now={now} />
        <SavedIndicator state={{ kind: 'offline', changes: 0, kept: false }} now={now} />
        <SavedIndicator state={{ kind: 'unsaved', reason: 'The disk is full.' }} now={now} />
      </div>
      <Notice
        tone="wrong"
        title="Your changes since 9:14 are not on the server."
        actions={
          <>
            <Button>Copy my changes</Button>
            <Button kind="quiet">Reload</Button>
          </>
        }
      >
        They are safe on this device; nothing you type now would be.
      </Notice>
      <Notice tone="waits">This looks like a date of birth. Shared pages hold no student identifiers.</Notice>
      <Notice>Your password is changed. Other devices were signed out.</Notice>
      <div class="row-wide">
        <Button onClick={() => showToast({ text: 'Shared with the network.' })}>A toast</Button>
        <Button
          onClick={() =>
            showToast({ text: '“Ride pool” was removed.', action: { label: 'Undo', run: () => undefined } })
          }
        >
          A toast with undo
        </Button>
      </div>
    </div>
  )
}

const cards: readonly (readonly [what: string, classes: string, title: string, flag?: string])[] = [
  ['primary driver', 'primary-driver', 'Family and youth partnership'],
  ['secondary driver', 'secondary-driver', 'Welcoming contact'],
  ['change idea', 'idea', 'Asthma plan and spare inhaler'],
  ['chosen', 'idea is-chosen', 'Nurse calls home on day 2'],
  ['a colleague is in it', 'secondary-driver is-theirs p3', 'Clear response steps', 'Rafael is writing'],
  ['under no driver yet', 'idea is-loose', 'Youth co-leads re-entry meeting'],
]

function ExampleCards(): JSX.Element {
  return (
    <div class="examples">
      <For each={cards}>
        {([what, classes, title, flag]) => (
          <div>
            <p class="label">{what}</p>
            <div class="card-place">
              <div class={`card ${classes}`}>
                <span class="title">{title}</span>
                {flag && <span class="flag">{flag}</span>}
              </div>
            </div>
          </div>
        )}
      </For>
    </div>
  )
}

function ExampleTable(): JSX.Element {
  return (
    <div class="scroll-x">
      <table>
        <thead>
          <tr>
            <th scope="col">Month</th>
            <th scope="col" class="number">
              Missed 10 %
            </th>
            <th scope="col" class="number">
              Enrolled
            </th>
            <th scope="col">State</th>
          </tr>
        </thead>
        <tbody>
          <tr>
            <td>May 2025</td>
            <td class="number">35</td>
            <td class="number">188</td>
            <td>reported</td>
          </tr>
          <tr>
            <td>June 2025</td>
            <td class="number faint">–</td>
            <td class="number faint">–</td>
            <td class="faint">not reported</td>
          </tr>
          <tr>
            <td>October 2025</td>
            <td class="number">30</td>
            <td class="number">187</td>
            <td>corrected, was 31</td>
          </tr>
        </tbody>
      </table>
    </div>
  )
}
