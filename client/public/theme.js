// Runs before the first paint, so that a chosen theme never flashes. client/ui/theme.ts writes the entry.
try {
  const kept = localStorage.getItem('throughline.theme')
  if (kept === 'light' || kept === 'dark') document.documentElement.dataset.theme = kept
} catch {}
