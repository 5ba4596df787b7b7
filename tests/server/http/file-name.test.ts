import { expect, it } from 'vitest'
import { attachment } from '../../../server/http/file-name.ts'

it('an export is saved under the title of its document', () => {
  expect(attachment('Fewer missed days', 'csv')).toBe(
    `attachment; filename="Fewer missed days.csv"; filename*=UTF-8''Fewer%20missed%20days.csv`,
  )
})

it('a title in another script is kept, with a stand-in for old programs', () => {
  expect(attachment('École 學校', 'md')).toBe(
    `attachment; filename="Ecole __.md"; filename*=UTF-8''%C3%89cole%20%E5%AD%B8%E6%A0%A1.md`,
  )
})

it('a title cannot name a folder or leave the header', () => {
  expect(attachment('../../etc/"passwd"\r\nX-Evil: 1', 'json')).toBe(
    `attachment; filename="etc-passwd-X-Evil- 1.json"; filename*=UTF-8''etc-passwd-X-Evil-%201.json`,
  )
  expect(attachment('℀．．／etc＼＂x', 'json')).toMatch(
    /^attachment; filename="[^"/\\]+"; filename\*=UTF-8''[\w%.-]+$/,
  )
  expect(attachment('...', 'json')).toContain('filename="document.json"')
  expect(() => attachment('\ud83d\ude00'.repeat(60), 'json')).not.toThrow()
})
