import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { newHeader, run, wireChoice, type ChoiceStep } from './completion.ts'
import type { LanguageModel } from './model.ts'
import type { CompletionRequest } from './request.ts'

export function sendJson(response: ServerResponse, status: number, body: object): void {
  const bytes = Buffer.from(JSON.stringify(body))
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': bytes.length })
  response.end(bytes)
}

/** Answers with one whole completion. */
export async function sendCompletion(
  response: ServerResponse,
  model: LanguageModel,
  request: CompletionRequest,
  signal: AbortSignal,
): Promise<void> {
  const header = newHeader(model)
  const choices = request.prompts.map((_, index): ChoiceStep => {
    return { index, text: '', finish_reason: null }
  })
  const steps = run(model, request, signal)
  let step = await steps.next()
  for (; step.done !== true; step = await steps.next()) {
    const { index, text, finish_reason } = step.value
    choices[index] = { index, text: (choices[index]?.text ?? '') + text, finish_reason }
    await nextTurn(undefined, { signal })
  }
  sendJson(response, 200, { ...header, choices: choices.map(wireChoice), usage: step.value })
}

/** Answers with server-sent events, one a token. */
export async function streamCompletion(
  response: ServerResponse,
  model: LanguageModel,
  request: CompletionRequest,
  signal: AbortSignal,
): Promise<void> {
  const header = newHeader(model)
  // "All other chunks will also include a usage field, but with a null value."
  const noUsage = request.include_usage ? { usage: null } : {}
  const steps = run(model, request, signal)
  // The head waits for the first step: until then the answer may still be an error.
  let step = await steps.next()
  response.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-cache',
  })
  for (; step.done !== true; step = await steps.next()) {
    await send(
      response,
      JSON.stringify({ ...header, choices: [wireChoice(step.value)], ...noUsage }),
      signal,
    )
  }
  if (request.include_usage) {
    await send(response, JSON.stringify({ ...header, choices: [], usage: step.value }), signal)
  }
  await send(response, '[DONE]', signal)
  response.end()
}

async function send(response: ServerResponse, data: string, signal: AbortSignal): Promise<void> {
  if (!response.write(`data: ${data}\n\n`)) await once(response, 'drain', { signal })
  // The bytes leave, and a disconnect is seen, before the next token is made.
  await nextTurn(undefined, { signal })
}
