import { counted } from '#shared/counted.ts'
import type { DocumentSummary } from '#shared/document.ts'
import type { Network } from '#shared/network.ts'
import { Button } from '../ui/Button.tsx'
import { DiagramSketch, PeopleSketch, TeamsSketch, type WayStep } from './Way.tsx'

/** What a coordinator is asked to begin with: a drawing, the teams, the people. */
export function firstSteps(
  network: Network,
  documents: readonly DocumentSummary[],
  people: number,
  ask: (what: 'document' | 'team' | 'invite') => void,
): readonly WayStep[] {
  const isFirst = (index: number) => [documents.length, network.teams.length, people - 1].indexOf(0) === index
  const kind = (index: number) => (isFirst(index) ? 'primary' : 'plain')
  return [
    {
      title: 'Draw what moves the aim',
      sentence:
        'A driver diagram says what you are trying to accomplish, and what you think leads to it. Everyone draws at the same time.',
      done: 'The first drawing is begun.',
      isDone: documents.length > 0,
      drawing: DiagramSketch,
      step: () => (
        <Button kind={kind(0)} icon="diagram" onClick={() => ask('document')}>
          {documents.length > 0 ? 'Start another' : 'Start a driver diagram'}
        </Button>
      ),
    },
    {
      title: 'Name the teams',
      sentence: 'A team is the people who test changes in one place: a school, a clinic, a court.',
      done: `${counted(network.teams.length, 'team', 'teams')} so far.`,
      isDone: network.teams.length > 0,
      drawing: TeamsSketch,
      step: () => (
        <Button kind={kind(1)} icon="plus" onClick={() => ask('team')}>
          {network.teams.length > 0 ? 'Start another' : 'Start a team'}
        </Button>
      ),
    },
    {
      title: 'Invite the people',
      sentence: 'A nurse, a teacher, a parent: three is enough to begin. You get a link to send.',
      done: `${counted(people, 'person', 'people')} so far.`,
      isDone: people > 1,
      drawing: PeopleSketch,
      step: () => (
        <Button kind={kind(2)} icon="share" onClick={() => ask('invite')}>
          Invite someone
        </Button>
      ),
    },
  ]
}
