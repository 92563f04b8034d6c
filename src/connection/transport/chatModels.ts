import { isFields, type Fields } from '../../completions/fields.ts'
import type { HttpRequest, HttpResponse, Send } from '../../completions/http/transport.ts'

/** A language model of VS Code (`vscode.LanguageModelChat`), as far as it is used here */
export interface ChatModel {
  readonly id: string
  readonly maxInputTokens: number
  /**
   * @param message the whole question
   * @param options of the model, in the names of the chat API
   */
  ask(message: string, options: Fields, signal: AbortSignal): Promise<AsyncIterable<string>>
}

export interface ChatModels {
  /** The models with this id; without an id, all of them */
  find(id: string): Promise<readonly ChatModel[]>
  /** What is wrong, as an HTTP status and the words of VS Code; `null` for other errors */
  faultOf(error: unknown): { status: number; message: string } | null
}

/**
 * Answers the requests of the chat API with a language model of VS Code, so that all that is true of servers
 * is true of it: the dialect, the filters, the limits and the preview.
 */
export function chatModelSend(models: ChatModels): Send {
  return async (request, signal) => {
    signal.throwIfAborted()
    try {
      return await respond(request, signal, models)
    } catch (error) {
      if (signal.aborted) throw signal.reason
      const fault = models.faultOf(error)
      if (fault === null) throw error
      return json({ error: { message: fault.message } }, fault.status)
    }
  }
}

async function respond(
  { method, body = '' }: HttpRequest,
  signal: AbortSignal,
  models: ChatModels,
): Promise<HttpResponse> {
  if (method === 'GET') return json(listOf(await models.find('')))
  const { model: id, messages, stream, ...options } = fieldsOf(body)
  const name = typeof id === 'string' ? id : ''
  const [model] = await models.find(name)
  if (model === undefined) {
    const message =
      name === '' ? 'VS Code has no language model.' : `VS Code has no model "${name}".`
    return json({ error: { message, code: 'model_not_found' } }, 404)
  }
  const parts = await model.ask(textOf(messages), options, signal)
  if (stream === true) return { status: 200, header: noHeader, body: events(parts) }
  let content = ''
  for await (const part of parts) content += part
  return json({ choices: [{ index: 0, message: { content }, finish_reason: 'stop' }] })
}

function listOf(models: readonly ChatModel[]): object {
  return {
    object: 'list',
    data: models.map(({ id, maxInputTokens }) => ({ id, max_model_len: maxInputTokens })),
  }
}

function fieldsOf(body: string): Fields {
  const value: unknown = JSON.parse(body)
  return isFields(value) ? value : {}
}

/** VS Code has no system messages, so all of them become one text. */
function textOf(messages: unknown): string {
  const all = Array.isArray(messages) ? messages : []
  return all
    .flatMap((each) =>
      isFields(each) && typeof each['content'] === 'string' ? [each['content']] : [],
    )
    .join('\n\n')
}

async function* events(parts: AsyncIterable<string>): AsyncGenerator<Uint8Array> {
  for await (const content of parts) yield event({ delta: { content }, finish_reason: null })
  yield event({ delta: {}, finish_reason: 'stop' })
  yield bytesOf('data: [DONE]\n\n')
}

function event(choice: object): Uint8Array {
  return bytesOf(`data: ${JSON.stringify({ choices: [{ index: 0, ...choice }] })}\n\n`)
}

function json(value: object, status = 200): HttpResponse {
  async function* body(): AsyncGenerator<Uint8Array> {
    yield bytesOf(JSON.stringify(value))
  }
  return { status, header: noHeader, body: body() }
}

const noHeader = (): undefined => undefined

function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}
