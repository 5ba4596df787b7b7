import type { JSX } from 'solid-js'
import { attachmentTypes } from '#shared/records.ts'
import { Button } from '../ui/Button.tsx'

/** Of pictures only what can be sent is asked for: then phones hand over what they keep in another form as a JPEG. */
const accept = [...Object.keys(attachmentTypes), '.txt', '.csv'].join(',')

/** One press opens the camera and the files of the device. */
export function AddFiles(props: { onChoose: (files: readonly File[]) => void }): JSX.Element {
  let input!: HTMLInputElement
  const take = () => {
    props.onChoose([...(input.files ?? [])])
    // The same file may be chosen again.
    input.value = ''
  }
  return (
    <div class="attachment-add no-print">
      <input ref={input} type="file" hidden multiple accept={accept} onChange={take} />
      <Button icon="plus" onClick={() => input.click()}>
        Add a photo or file
      </Button>
    </div>
  )
}
