import type { Table } from '#shared/kinds/kind.ts'

/**
 * A table as RFC 4180 text, written as the server's exports are: with the mark by which spreadsheet programs know UTF-8, and
 * an apostrophe before what such a program would run as a formula, or what begins like a guarded one.
 */
export const writeCsv = ({ columns, rows }: Table): string =>
  `\uFEFF${[columns, ...rows].map((row) => row.map(cellOf).join(',')).join('\r\n')}\r\n`

function cellOf(value: string | number | undefined): string {
  if (typeof value !== 'string') return String(value ?? '')
  const text = /^'*[=+\-@\t\r\n＝＋－＠]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
