import type { JSX } from 'solid-js'
import { Page } from './Page.tsx'
import { EmptyState } from './ui/EmptyState.tsx'

export default function NotFoundPage(): JSX.Element {
  return (
    <Page title="Not found">
      <EmptyState
        asHeading
        picture="gap"
        action={
          <a class="button" href="/">
            Go to my networks
          </a>
        }
      >
        There is no such page. The link may be old, or a letter of it may be missing.
      </EmptyState>
    </Page>
  )
}
