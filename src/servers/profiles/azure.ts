import { chatDialect } from '../chat.ts'
import { completionsDialect, join, type Dialect } from '../../completions/dialect.ts'
import { CompletionError } from '../../completions/errors.ts'
import type { CompletionRequest } from '../../completions/types.ts'
import { everyMode, type ServerProfile } from '../profile.ts'

/** The version of the stable specification that this implements (azure-rest-api-specs) */
const API_VERSION = '2024-10-21'

/** A dialect at the paths of Azure */
function atDeployment(dialect: Dialect, operation: string): Dialect {
  return {
    ...dialect,
    url(base, request) {
      const url = join(base, pathIn(base, request, operation))
      // The newer `/openai/v1` has no `api-version`.
      if (!url.pathname.includes('/deployments/')) return url
      if (!url.searchParams.has('api-version')) url.searchParams.set('api-version', API_VERSION)
      return url
    },
    authorization: (apiKey) => ({ 'api-key': apiKey }),
  }
}

/** @throws CompletionError `invalid_request` without the name of a deployment */
function pathIn(base: URL, { model = '' }: CompletionRequest, operation: string): string {
  const path = base.pathname.replace(/\/+$/, '')
  if (/\/openai\/(v1|deployments\/[^/]+)(\/completions)?$/.test(path)) return operation
  if (model === '') {
    throw new CompletionError('invalid_request', { id: 'missingDeployment' })
  }
  const deployment = `deployments/${encodeURIComponent(model)}/${operation}`
  return path.endsWith('/openai') ? deployment : `openai/${deployment}`
}

/**
 * The models are those of OpenAI. The user chooses the name of a deployment, which therefore does not
 * identify the model. The resource lists its models, but not its deployments.
 */
export const azure: ServerProfile = {
  id: 'azure',
  title: 'Azure OpenAI',
  field: 'unknown',
  template: true,
  dialects: {
    ...everyMode(atDeployment(completionsDialect, 'completions')),
    chat: atDeployment(chatDialect, 'chat/completions'),
  },
  models: null,
}
