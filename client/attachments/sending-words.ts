import { counted } from '#shared/counted.ts'
import type { OutgoingFile } from './sending.ts'

/** Where a file on its way stands, in a sentence. */
export function stateSentence({ state, isKept }: OutgoingFile): string {
  switch (state.is) {
    case 'preparing':
      return 'Getting ready'
    case 'waiting':
      return isKept
        ? 'Waits on this device until the server answers'
        : 'Not sent yet. Stay on this page: this device keeps nothing'
    case 'sending':
      return state.share < 1 ? `Sending, ${Math.floor(state.share * 100)} %` : 'Almost there'
    case 'refused':
      return state.reason
    case 'sent':
      return 'Sent'
  }
}

/** What is going on with all of them: said when it changes, not at every percent. */
export function sendingSentence(files: readonly OutgoingFile[]): string {
  const of = (...states: readonly OutgoingFile['state']['is'][]) =>
    files.filter(({ state }) => states.includes(state.is)).length
  const [onTheirWay, waiting, refused] = [of('preparing', 'sending'), of('waiting'), of('refused')]
  return [
    onTheirWay > 0 ? `Sending ${counted(onTheirWay, 'file')}.` : '',
    waiting > 0 ? `${counted(waiting, 'file waits', 'files wait')} to be sent.` : '',
    refused > 0 ? `${counted(refused, 'file was', 'files were')} not taken.` : '',
  ]
    .filter(Boolean)
    .join(' ')
}
