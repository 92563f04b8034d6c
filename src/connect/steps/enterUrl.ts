import type { Translate } from '../../ui/translate.ts'
import { originOf, type Draft } from '../draft.ts'
import { normalizeUrl, type PastedUrl, type UrlFault } from '../normalizeUrl.ts'
import type { ConnectServices, Outcome } from '../step.ts'
import { afterSource } from './afterSource.ts'

/** Asks for a URL, in any form that people paste. */
export async function enterUrl(draft: Draft, services: ConnectServices): Promise<Outcome> {
  const { questions, t } = services
  const isAzure = draft.server === 'azure'
  const answer = await questions.input({
    title:
      draft.title === null
        ? t('Connect a Model: URL')
        : t('{server}: URL', { server: draft.title }),
    prompt: isAzure
      ? t('The URL of your resource or deployment')
      : t('The URL of the server, as its documentation shows it. A curl command works, too.'),
    placeholder: isAzure ? 'https://my-resource.openai.azure.com' : 'http://127.0.0.1:11434/v1',
    value: draft.typed,
    problem: draft.problem,
    validate: (text) => {
      const pasted = normalizeUrl(text)
      return 'fault' in pasted ? faultWords(pasted.fault, t) : null
    },
  })
  if (typeof answer === 'string') return { draft, next: answer }
  const pasted = normalizeUrl(answer.value)
  if ('fault' in pasted) {
    const problem = faultWords(pasted.fault, t)
    return { draft: { ...draft, typed: answer.value, problem }, next: 'url' }
  }
  return afterSource(withUrl(pasted, answer.value, draft), services, 'url')
}

/** What was chosen for another server does not apply to this one: its key above all. */
function withUrl(pasted: PastedUrl, typed: string, draft: Draft): Draft {
  const { urls, apiKey, model } = pasted
  const isFirst = draft.urls.length === 0
  const isSame = originOf(draft.urls[0] ?? '') === originOf(urls[0] ?? '')
  return {
    ...draft,
    typed: apiKey === undefined ? typed : (urls[0] ?? ''),
    urls,
    problem: null,
    examined: null,
    title: isFirst || isSame ? draft.title : null,
    server: isFirst || isSame ? draft.server : 'auto',
    needsKey: (isFirst || isSame) && draft.needsKey,
    key: apiKey ?? (isSame ? draft.key : null),
    preferred: model ?? (isFirst || isSame ? draft.preferred : ''),
    model: isSame ? draft.model : null,
  }
}

function faultWords(fault: UrlFault, t: Translate): string {
  return fault === 'hasSecret'
    ? t('Remove the password or key from the URL. The key is asked for next, and kept in secret.')
    : t('Enter a URL such as http://127.0.0.1:11434/v1 or https://api.example.com/v1.')
}
