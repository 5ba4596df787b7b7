import * as v from 'valibot'
import { identifierModes } from '#shared/network.ts'

const isTimeZone = (name: string): boolean => {
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: name })
    return true
  } catch {
    return false
  }
}

/** Where a network has not said which zone its dates are in. */
export const defaultTimeZone = 'America/New_York'

export const timeZoneSchema = v.pipe(
  v.string('A time zone is a name such as America/Chicago.'),
  v.check(isTimeZone, 'A time zone is a name such as America/Chicago.'),
)

export const networkNameSchema = v.pipe(
  v.string('Give the network a name.'),
  v.trim(),
  v.minLength(1, 'Give the network a name.'),
  v.maxLength(120, 'The name of a network has at most 120 characters.'),
)

export const networkSchema = v.object({
  name: networkNameSchema,
  timeZone: v.optional(timeZoneSchema, defaultTimeZone),
})

/** What is left out stays as it is. */
export const networkChangesSchema = v.object({
  name: v.optional(networkNameSchema),
  timeZone: v.optional(timeZoneSchema),
})

const label = (what: string) =>
  v.pipe(v.string(`${what} is a text.`), v.trim(), v.maxLength(80, `${what} has at most 80 characters.`))

export const teamSchema = v.object({
  name: v.pipe(
    v.string('Give the team a name.'),
    v.trim(),
    v.minLength(1, 'Give the team a name.'),
    v.maxLength(120, 'The name of a team has at most 120 characters.'),
  ),
  district: v.optional(label('A district')),
  state: v.optional(label('A state')),
})

const schoolDomain = v.pipe(
  v.string('A school domain is a text.'),
  v.trim(),
  v.toLowerCase(),
  v.transform((domain) => domain.replace(/^@/, '')),
  v.maxLength(253, 'A domain has at most 253 characters.'),
  v.regex(
    /^(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?\.)+[\p{L}]{2,}$/u,
    'A school domain is what stands behind the @ of an address, such as students.example.org.',
  ),
)

export const identifierGuardSchema = v.object({
  mode: v.picklist(identifierModes, `The mode is one of: ${identifierModes.join(', ')}.`),
  schoolDomains: v.pipe(
    v.array(schoolDomain, 'School domains are a list of texts.'),
    v.maxLength(50, 'A network has at most 50 school domains.'),
    v.transform((domains) => [...new Set(domains)]),
  ),
})
