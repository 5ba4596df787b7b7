import type { Column } from '#shared/kinds/driver-diagram/model.ts'

/** The class of the theme that gives a column its hue. */
export const columnTheme: Readonly<Record<Column, string>> = {
  aim: 'aim',
  primary: 'primary-driver',
  secondary: 'secondary-driver',
  idea: 'idea',
}

export const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1)

/** A title as it is quoted in a sentence: short enough, and never empty. */
export function quoted(title: string, longest = 60): string {
  const words = title.trim()
  if (words === '') return 'a card without words'
  return words.length <= longest ? `“${words}”` : `“${words.slice(0, longest - 1).trimEnd()}…”`
}

const spelled = ['No', 'One', 'Two', 'Three', 'Four', 'Five', 'Six', 'Seven', 'Eight', 'Nine', 'Ten']

/** A count at the start of a sentence: words up to ten, then figures. */
export const spelledCount = (count: number): string => spelled[count] ?? String(count)
