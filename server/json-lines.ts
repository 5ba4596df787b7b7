/**
 * On which line of a JSON text each value stands, by its path (`content.sections[2].type`; the whole is ''). Where the text
 * is no JSON, the walk ends at the line that cannot be read, which `broken` then is.
 */
export interface JsonLines {
  readonly broken?: number
  /** The line of a path, or of the nearest value around it that is there. */
  lineOf(path: string): number
}

export function readJsonLines(text: string): JsonLines {
  const lines = new Map<string, number>()
  const walk = walker(text, (path, line) => lines.set(path, line))
  const broken = walk()
  return {
    ...(broken === undefined ? {} : { broken }),
    lineOf(path) {
      for (let at = path; ; at = parentOf(at)) {
        const line = lines.get(at)
        if (line !== undefined || at === '') return line ?? 1
      }
    },
  }
}

const parentOf = (path: string): string => path.replace(/(\.?[^.[\]]+|\[\d+\])$/, '')

// What they are worth JSON.parse says.
const string = /"(?:[^"\\\n]|\\.)*"/y
const scalar = /"(?:[^"\\\n]|\\.)*"|-?\d[\d.eE+-]*|true|false|null/y
const space = /\s*/y

/** Goes through the text and tells where each value begins; answers the line at which it is no JSON any more. */
function walker(text: string, found: (path: string, line: number) => void): () => number | undefined {
  let at = 0
  let line = 1

  const skip = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at
    const [taken] = pattern.exec(text) ?? []
    if (taken === undefined) return undefined
    at += taken.length
    line += taken.split('\n').length - 1
    return taken
  }
  const takes = (character: string): boolean => {
    skip(space)
    if (text[at] !== character) return false
    at++
    return true
  }

  /** False where it cannot be read. */
  function value(path: string): boolean {
    skip(space)
    found(path, line)
    if (takes('{')) return members('}', () => member(path))
    if (takes('[')) {
      let index = 0
      return members(']', () => value(`${path}[${index++}]`))
    }
    return skip(scalar) !== undefined
  }

  function members(end: string, one: () => boolean): boolean {
    if (takes(end)) return true
    do if (!one()) return false
    while (takes(','))
    return takes(end)
  }

  function member(path: string): boolean {
    skip(space)
    const key = skip(string)
    if (key === undefined || !takes(':')) return false
    const name = key.slice(1, -1)
    return value(path === '' ? name : `${path}.${name}`)
  }

  return () => {
    const isWhole = value('')
    skip(space)
    return isWhole && at === text.length ? undefined : line
  }
}
