// Loaded into each server before its own program: collects garbage when it is asked to, so that memory can be compared.
process.on('SIGUSR2', () => {
  globalThis.gc()
  globalThis.gc()
})
