import type { Dialect } from '../../completions/dialect.ts'
import { chatDialect } from '../chat.ts'
import { MISTRAL_UNSUPPORTED, mistralFim } from './mistral.ts'
import { replacePathEnd } from './paths.ts'
import { everyMode, type ServerProfile } from '../profile.ts'

/** The only model that fills in the middle (docs.cloud.google.com, partner models, 2026) */
const CODESTRAL = 'codestral-2'

const PUBLISHER = /\/publishers\/mistralai(?:\/models(?:\/([^/]+))?)?$/

/** The model of the URL, if the base URL has one, else that of the request */
function modelAt(base: URL | undefined, model: string | undefined): string {
  const [, named] = PUBLISHER.exec(base?.pathname.replace(/\/+$/, '') ?? '') ?? []
  return named ?? model ?? CODESTRAL
}

/**
 * One of Mistral's APIs behind a URL of Vertex AI (mistralai/client-python, packages/gcp). The verb
 * depends on the form of the response, and the model is in the URL and in the body. The API key is an
 * access token.
 */
function behindVertex(dialect: Dialect): Dialect {
  return {
    ...dialect,
    url(base, { model }, stream) {
      const verb = stream ? 'streamRawPredict' : 'rawPredict'
      const path = `publishers/mistralai/models/${modelAt(base, model)}:${verb}`
      return replacePathEnd(base, PUBLISHER, path)
    },
    encode(request, stream, base) {
      // The version in `codestral-2@001` is part of the URL only.
      const model = modelAt(base, request.model).replace(/@.*$/, '')
      return dialect.encode({ ...request, model }, stream, base)
    },
  }
}

/** Codestral on Google Cloud: `…/v1/projects/{project}/locations/{location}` */
export const vertex: ServerProfile = {
  id: 'vertex',
  title: 'Vertex AI',
  field: 'honoured',
  template: false,
  dialects: { ...everyMode(behindVertex(mistralFim)), chat: behindVertex(chatDialect) },
  unsupported: MISTRAL_UNSUPPORTED,
  models: null,
}
