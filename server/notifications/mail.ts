import { createTransport } from 'nodemailer'
import type { Logger } from 'pino'
import type { Config } from '../config.ts'

/** Sends mail where the server has a mail server to send through. */
export interface Mail {
  /** Whether links can go out by mail at all; otherwise people copy them. */
  readonly isOn: boolean
  /** Answers whether the mail server took it: a mail that fails must not lose the link that it carries. */
  send(message: MailMessage): Promise<boolean>
  close(): void
}

export interface MailMessage {
  readonly to: string
  readonly subject: string
  /** Plain paragraphs; links stand on lines of their own. */
  readonly text: string
}

export function createMail({ settings, log }: { settings: Config['mail']; log: Logger }): Mail {
  if (!settings) return { isOn: false, send: async () => false, close() {} }
  const transport = createTransport(settings.url, { from: settings.from })

  return {
    isOn: true,
    async send({ to, subject, text }) {
      try {
        await transport.sendMail({ to, subject, text })
        return true
      } catch (err) {
        log.error({ err }, 'a mail could not be sent')
        return false
      }
    },
    close: () => transport.close(),
  }
}
