import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import * as v from 'valibot'
import type { TemplateSummary } from '#shared/document.ts'
import { type KindName, kindNames, kinds } from '#shared/kinds/index.ts'

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
 * Reads every template of `folder`; the server starts only when all are right. Throws a sentence that names the file and
 * the place in it, for whoever wrote the template.
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
  const json = readJson(file)
  // A list would pass as an object without any of the parts.
  if (Array.isArray(json)) throw new Error(`${basename(file)} holds a list, but a template is an object`)
  const stated = v.safeParse(envelope, json)
  if (!stated.success)
    throw new Error(`${basename(file)}${placeOf(stated.issues[0])} ${stated.issues[0].message}`)
  try {
    return { ...stated.output, content: kinds[stated.output.kind].parseSeed(stated.output.content) }
  } catch (error) {
    throw new Error(`${basename(file)}, content: ${(error as Error).message}`, { cause: error })
  }
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    throw new Error(`${basename(file)} cannot be read as JSON: ${(error as Error).message}`, { cause: error })
  }
}

function placeOf(issue: v.InferIssue<typeof envelope>): string {
  const path = v.getDotPath(issue)
  return path === null ? '' : `, ${path}:`
}

const keyOf = (kind: string, id: string): string => `${kind}/${id}`

const blankFirst = (a: TemplateSummary, b: TemplateSummary): number =>
  Number(b.id === blank) - Number(a.id === blank)
