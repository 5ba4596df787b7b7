/** The two ways of looking at a diagram. */
export type ViewName = 'diagram' | 'outline'

/** The window that lies over the page, if any. */
export type OpenDialog =
  | { readonly kind: 'keys' }
  | { readonly kind: 'link'; readonly card: string }
  | { readonly kind: 'paste'; readonly text: string; readonly under?: string }
  | { readonly kind: 'import' }
