import type { MailMessage } from './mail.ts'

/** What someone who is invited reads. */
export const invitationLetter = (letter: {
  readonly to: string
  readonly inviter: string
  readonly network: string
  readonly as: string
  readonly link: string
}): MailMessage => ({
  to: letter.to,
  subject: `${letter.inviter} invites you to ${letter.network}`,
  text: `${letter.inviter} invites you to work in ${letter.network} as ${letter.as}.

Open this link to join. It works once, for 14 days:
${letter.link}

If you did not expect this, you can leave it.`,
})

/** What someone reads for whom a coordinator made a link to set a new password. */
export const passwordResetLetter = (letter: {
  readonly to: string
  readonly coordinator: string
  readonly link: string
}): MailMessage => ({
  to: letter.to,
  subject: 'Set a new password',
  text: `${letter.coordinator} made a link for you to set a new password for Throughline.

It works once, for 24 hours, and ends your sign-ins elsewhere:
${letter.link}

If you did not ask for this, do not open it, and tell ${letter.coordinator}.`,
})
