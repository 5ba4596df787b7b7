/** Something to save as a file on this device. */
export interface FileToSave {
  readonly name: string
  readonly type: string
  readonly body: string | Uint8Array
}

/** Hands `file` to the browser to save. */
export function downloadFile(file: FileToSave): void {
  const body = typeof file.body === 'string' ? file.body : new Uint8Array(file.body)
  const address = URL.createObjectURL(new Blob([body], { type: file.type }))
  const link = document.createElement('a')
  link.href = address
  link.download = file.name
  link.click()
  // The browser reads the file after this returns; a minute is more than it takes.
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}
