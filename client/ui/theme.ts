import { createSignal } from 'solid-js'

/** Light, dark, or what the device is set to. */
export type ThemeChoice = 'system' | 'light' | 'dark'

// public/theme.js reads the same entry before the first paint.
const key = 'throughline.theme'

const [choice, setChoice] = createSignal<ThemeChoice>(readChoice())

export const themeChoice = choice

/** Takes effect at once and is remembered on this device. */
export function chooseTheme(next: ThemeChoice): void {
  setChoice(next)
  try {
    if (next === 'system') localStorage.removeItem(key)
    else localStorage.setItem(key, next)
  } catch {
    // A browser that keeps nothing still shows the choice until the page closes.
  }
  if (next === 'system') delete document.documentElement.dataset.theme
  else document.documentElement.dataset.theme = next
}

function readChoice(): ThemeChoice {
  try {
    const kept = localStorage.getItem(key)
    return kept === 'light' || kept === 'dark' ? kept : 'system'
  } catch {
    return 'system'
  }
}
