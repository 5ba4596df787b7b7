/**
 * The header that makes a browser save an answer under a document's title: as it is for those that know RFC 5987, and in
 * plain letters for the rest. Nothing in a title can leave the header or name a folder.
 */
export const attachment = (title: string, extension: string): string =>
  disposition('attachment', title, extension)

/** The same for what the browser may show by itself; saved from there, it has this name. */
export const inline = (title: string, extension: string): string => disposition('inline', title, extension)

function disposition(how: 'attachment' | 'inline', title: string, extension: string): string {
  const name = `${fileName(title)}.${extension}`
  return `${how}; filename="${plainLetters(name)}"; filename*=UTF-8''${percentEncoded(name)}`
}

const longestName = 100

/** What file systems refuse becomes a hyphen; a name neither begins nor ends with a dot or a space. */
function fileName(title: string): string {
  const name = title
    .replace(/[\p{Cc}\p{Cf}\p{Cs}<>:"/\\|?*]+/gu, '-')
    .replace(/\s+/g, ' ')
    .slice(0, longestName)
    .replace(/[\uD800-\uDBFF]$/, '')
    .replace(/^[\s.-]+|[\s.-]+$/g, '')
  return name === '' ? 'document' : name
}

const plainLetters = (name: string): string =>
  name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^\x20-\x7e]/g, '_')
    // Taking letters apart can make new ones of these: the one sign for "account of" becomes a/c.
    .replace(/["\\%/<>:|?*]/g, '_')

const percentEncoded = (name: string): string =>
  encodeURIComponent(name).replace(
    /['()*!]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )
