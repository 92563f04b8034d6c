import { isKeyText } from '../../connection/keyText.ts'
import { endpointOf, nameOf, originOf, type Draft } from '../draft.ts'
import type { ConnectServices, Outcome } from '../step.ts'
import { afterKey } from './afterSource.ts'

/** Asks for the API key. It is used at once, and saved with the connection. */
export async function enterKey(draft: Draft, services: ConnectServices): Promise<Outcome> {
  const { questions, t } = services
  const origin = originOf(endpointOf(draft))
  const { keyPage } = draft
  const answer = await questions.input({
    title: t('{server} Requires an API Key', { server: nameOf(draft) }),
    prompt: t(
      'Sent to {origin} only, and saved in the secret storage of your system if you save the connection.',
      { origin },
    ),
    placeholder: t('API key'),
    value: draft.key ?? '',
    isSecret: true,
    problem: draft.problem,
    validate: (text) => {
      if (text.trim() === '') return t('Enter the key.')
      return isKeyText(text.trim())
        ? null
        : t('A key contains no spaces and no special characters.')
    },
    link:
      keyPage === null
        ? null
        : { title: t('Create a key at {url}', { url: keyPage }), url: keyPage },
  })
  if (typeof answer === 'string') return { draft, next: answer }
  const key = answer.value.trim()
  return afterKey({ ...draft, key, problem: null }, services, 'key')
}
