import type { KindName } from '#shared/kinds/index.ts'
import { sampleAddress, samplePassword } from './network.ts'

/** Someone of the sample network at their browser. An answer that is a refusal stops the sample: its data are wrong then. */
export interface Person {
  readonly accountId: string
  get(path: string): Promise<unknown>
  post(path: string, json: unknown): Promise<unknown>
  put(path: string, json: unknown): Promise<unknown>
  signOut(): Promise<void>
}

export interface SamplePeople {
  /** Signs in once; the next time they still are. */
  signIn(name: string): Promise<Person>
  /** The kind of a document that someone has opened. */
  kindOf(documentId: string): Promise<KindName>
  /** Ends their sign-ins. */
  leave(): Promise<void>
}

/** The people of the sample, who come to the server at `origin` as everybody does. */
export function createSamplePeople(origin: string, coordinator: string): SamplePeople {
  const signedIn = new Map<string, Promise<Person>>()

  const signIn = (name: string): Promise<Person> => {
    const found = signedIn.get(name) ?? open(name)
    signedIn.set(name, found)
    return found
  }

  async function open(name: string): Promise<Person> {
    const secret = { email: sampleAddress(name), password: samplePassword, bearer: true }
    const answer = (await ask('POST', '/api/session', undefined, secret)) as {
      readonly token: string
      readonly account: { readonly id: string }
    }
    return {
      accountId: answer.account.id,
      get: (path) => ask('GET', path, answer.token),
      post: (path, json) => ask('POST', path, answer.token, json),
      put: (path, json) => ask('PUT', path, answer.token, json),
      async signOut() {
        await ask('DELETE', '/api/session', answer.token)
      },
    }
  }

  async function ask(method: string, path: string, token?: string, json?: unknown): Promise<unknown> {
    const response = await fetch(new URL(path, origin), {
      method,
      headers: {
        Origin: origin,
        ...(token !== undefined && { Authorization: `Bearer ${token}` }),
        ...(json !== undefined && { 'Content-Type': 'application/json' }),
      },
      ...(json !== undefined && { body: JSON.stringify(json) }),
    })
    if (!response.ok) throw new Error(`The sample is refused at ${method} ${path}: ${await response.text()}`)
    return response.json()
  }

  return {
    signIn,
    async kindOf(documentId) {
      const person = await signIn(coordinator)
      return ((await person.get(`/api/documents/${documentId}`)) as { readonly kind: KindName }).kind
    },
    async leave() {
      for (const person of await Promise.all(signedIn.values())) await person.signOut()
      signedIn.clear()
    },
  }
}
