import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import * as v from 'valibot'
import type { TemplateSummary } from '#shared/document.ts'
import { kindFiles } from '#shared/kinds/files.ts'
import { type KindName, kindNames } from '#shared/kinds/index.ts'
import { type JsonLines, readJsonLines } from './json-lines.ts'

/** What a new document of a kind can start from. */
export interface Template extends TemplateSummary {
  /** The kind's own model, checked by the kind. */
  readonly content: unknown
}

export interface Templates {
  list(): readonly TemplateSummary[]
  find(kind: KindName, id: string): Template | undefined
}

const blank = 'blank'

const envelope = v.object(
  {
    id: v.pipe(
      v.string('needs an id'),
      v.regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'needs an id of small letters, digits and hyphens'),
    ),
    kind: v.picklist(kindNames, `needs a kind, one of: ${kindNames.join(', ')}`),
    name: v.pipe(v.string('needs a name'), v.trim(), v.minLength(1, 'needs a name')),
    sentence: v.pipe(
      v.string('needs a sentence about itself'),
      v.trim(),
      v.minLength(1, 'needs a sentence about itself'),
    ),
    sources: v.optional(v.array(v.string('lists its sources as texts'), 'lists its sources as texts'), []),
    content: v.unknown(),
  },
  ({ path }) => (path ? 'is missing' : 'needs to be an object with id, kind, name, sentence and content'),
)

/**
 * Reads every template of `folder`; the server starts only when all are right. Throws a sentence that names the file, the
 * line and what is wrong there, for whoever wrote the template.
 */
export function readTemplates(folder: string): Templates {
  const templates = readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => readTemplate(join(folder, name)))
  const found = new Map<string, Template>()
  for (const template of templates) {
    const key = keyOf(template.kind, template.id)
    if (found.has(key))
      throw new Error(
        `Two templates in ${folder} are for a ${template.kind} and called ${template.id}: rename one`,
      )
    found.set(key, template)
  }
  for (const kind of kindNames) {
    if (!found.has(keyOf(kind, blank)))
      throw new Error(`No template in ${folder} is for a ${kind} and called ${blank}: each kind needs one`)
  }
  return {
    list: () => templates.map(({ content, ...summary }) => summary).sort(blankFirst),
    find: (kind, id) => found.get(keyOf(kind, id)),
  }
}

/** Reads one template's file, as `readTemplates` does. */
export function readTemplate(file: string): Template {
  const text = readFileSync(file, 'utf8')
  const lines = readJsonLines(text)
  const json = readJson(text, basename(file), lines)
  const at: Place = (path) => `${basename(file)}, line ${lines.lineOf(path)}`
  // A list would pass as an object without any of the parts.
  if (Array.isArray(json)) throw new Error(`${at('')} holds a list, but a template is an object`)
  const stated = v.safeParse(envelope, json)
  if (!stated.success) throw new Error(wrongPart(stated.issues[0], at))
  try {
    return { ...stated.output, content: kindFiles[stated.output.kind].parseSeed(stated.output.content) }
  } catch (error) {
    const { message } = error as Error
    throw new Error(`${at(`content.${placeNamed(message)}`)}, content: ${message}`, { cause: error })
  }
}

/** Names a place of a file by its path, in words: `ours.json, line 14`. */
type Place = (path: string) => string

function readJson(text: string, name: string, { broken = 1 }: JsonLines): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    const { message } = error as Error
    throw new Error(`${name}, line ${broken} cannot be read as JSON: ${message}`, { cause: error })
  }
}

function wrongPart(issue: v.InferIssue<typeof envelope>, at: Place): string {
  const path = v.getDotPath(issue)
  return path === null ? `${at('')} ${issue.message}` : `${at(path)}, ${path}: ${issue.message}`
}

/** A kind's sentence about its content begins with the place: `sections[2].type is one of …`. */
const placeNamed = (sentence: string): string => /^\w+(\[\d+\]|\.\w+)*/.exec(sentence)?.[0] ?? ''

const keyOf = (kind: string, id: string): string => `${kind}/${id}`

const blankFirst = (a: TemplateSummary, b: TemplateSummary): number =>
  Number(b.id === blank) - Number(a.id === blank)
