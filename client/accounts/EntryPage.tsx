import { createEffect, type JSX } from 'solid-js'
import { DemoRibbon } from '../DemoRibbon.tsx'
import { Mark } from '../ui/Mark.tsx'
import './entry.css'
import { SkipLink } from '../ui/SkipLink.tsx'

export interface EntryPageProps {
  /** The page's own title, first in the tab. */
  title: string
  /** What stands beside the form: a drawing, a sentence, or who one can be. */
  beside?: JSX.Element
  children: JSX.Element
}

/** The frame of the pages that one sees before being anyone here. Light, so that it opens at once on a slow line. */
export function EntryPage(props: EntryPageProps): JSX.Element {
  createEffect(() => {
    document.title = `${props.title} · Throughline`
  })
  return (
    <>
      <SkipLink />
      <DemoRibbon />
      <header class="bar">
        <a class="mark" href="/" aria-label="Throughline, home">
          <Mark />
          <span>Throughline</span>
        </a>
      </header>
      <main class="page entry" id="main" tabIndex={-1}>
        <div class="entry-form">{props.children}</div>
        <div class="entry-beside">{props.beside ?? <EntryDrawing />}</div>
      </main>
    </>
  )
}

/** What the product is, drawn: an aim, what moves it, and what is tried. */
export function EntryDrawing(): JSX.Element {
  return (
    <figure class="entry-drawing">
      <svg viewBox="0 0 400 250" aria-hidden="true">
        <g class="links">
          <path d="M84 118C112 118 100 52 132 52M84 118C112 118 100 178 132 178" />
          <path d="M214 52C242 52 232 26 262 26M214 52C242 52 232 74 262 74M214 178C242 178 232 122 262 122M214 178C242 178 232 170 262 170M214 52C250 52 226 122 262 122" />
          <path class="weak" d="M214 178C242 178 232 218 262 218" />
        </g>
        <g class="rules">
          <path class="of-aim" d="M8 118h76" />
          <path class="of-primary" d="M132 52h82M132 178h82" />
          <path class="of-idea" d="M262 26h130M262 74h130M262 122h130M262 170h130M262 218h130" />
        </g>
        <g class="words">
          <path d="M8 64h62M8 80h70M8 96h48" />
          <path d="M132 38h66M132 148h72M132 164h44" />
          <path d="M262 12h108M262 60h84M262 108h118M262 156h96M262 204h72" />
        </g>
      </svg>
      <figcaption class="label">An aim, what moves it, and what we will try: drawn together.</figcaption>
    </figure>
  )
}
