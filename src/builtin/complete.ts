import { setImmediate as nextTurn } from 'node:timers/promises'
import {
  confidentTokens,
  scorePrompt,
  taskOf,
  type Knowledge,
  type ScoredToken,
  type Task,
} from './model/task.ts'
import type { CompletionRequest } from './request.ts'
import { randomFrom } from './model/sample.ts'

export interface Usage {
  /** Tokens of the prompts and, for each of them, of the suffix: the model reads both. */
  readonly prompt_tokens: number
  /** Generated tokens, including those of candidates that `best_of` discarded */
  readonly completion_tokens: number
  readonly total_tokens: number
}

/** Choices or parts of them. The usage is in the last chunk only, which has no choices. */
export interface Chunk {
  readonly choices: readonly Choice[]
  readonly usage: Usage | null
}

/**
 * Completes the prompts one after the other, each `n` times. Streamed, there is a chunk for each
 * token; otherwise one for each prompt.
 * @throws AbortError when the signal is aborted
 */
export async function* complete(
  knowledge: Knowledge,
  request: CompletionRequest,
  signal: AbortSignal,
): AsyncGenerator<Chunk, void> {
  const { prompts, suffix, n, best_of, seed, stream } = request
  let [prompt_tokens, completion_tokens] = [0, 0]
  for (const [at, prompt] of prompts.entries()) {
    const task = taskOf(knowledge, prompt, suffix)
    prompt_tokens += task.promptIds.length + task.suffixIds.length
    const choice = (part: Part, index: number): Choice => choiceOf(at * n + index, part, request)
    const candidates: Part[] = []
    for (let index = 0; index < best_of; index++) {
      const parts: Part[] = []
      for (const part of choose(task, request, seed + index)) {
        completion_tokens += part.end?.tokens ?? 0
        const isEmpty = part.text === '' && part.tokens.length === 0 && part.end === undefined
        if (!stream) parts.push(part)
        else if (!isEmpty) yield { choices: [choice(part, index)], usage: null }
        // Before the next token, the chunk is sent and a disconnected client is noticed.
        await nextTurn(undefined, { signal })
      }
      candidates.push(joinParts(parts))
    }
    if (stream) continue
    if (best_of > n) candidates.sort((a, b) => meanLogprob(b) - meanLogprob(a))
    yield { choices: candidates.slice(0, n).map(choice), usage: null }
  }
  const total_tokens = prompt_tokens + completion_tokens
  yield { choices: [], usage: { prompt_tokens, completion_tokens, total_tokens } }
}

interface Part {
  readonly text: string
  readonly tokens: readonly PositionedToken[]
  /** In the last part only. `tokens`: number of generated tokens; `logprob`: sum of theirs */
  readonly end?: { reason: 'stop' | 'length'; tokens: number; logprob: number }
}

/** A token with its offset, in characters from the start of the prompt */
interface PositionedToken extends ScoredToken {
  readonly offset: number
}

/** One choice, in one part per token. Text that may begin a stop sequence is held back. */
function* choose(task: Task, request: CompletionRequest, seed: number): Generator<Part, void> {
  const { echo, logprobs, max_tokens, stop, confidence } = request
  if (echo) yield* echoParts(task, logprobs)
  let held: PositionedToken[] = []
  let offset = task.prompt.length
  let [tokens, logprob] = [0, 0]
  for (const each of max_tokens > 0
    ? confidentTokens(task, request, randomFrom(seed), logprobs ?? 0, confidence)
    : []) {
    tokens++
    logprob += each.logprob ?? 0
    held.push({ ...each, offset })
    offset += each.text.length
    const text = textOf(held)
    const found = stop.map((sequence) => text.indexOf(sequence)).filter((at) => at !== -1)
    if (found.length > 0) {
      const shown = text.slice(0, Math.min(...found))
      const until = offset - text.length + shown.length
      const kept = held.filter((token) => token.offset < until)
      return yield { text: shown, tokens: kept, end: { reason: 'stop', tokens, logprob } }
    }
    const safe = offset - Math.max(0, ...stop.map((sequence) => partialMatchLength(text, sequence)))
    const ready = held.filter((token) => token.offset + token.text.length <= safe)
    held = held.slice(ready.length)
    yield { text: textOf(ready), tokens: ready }
    if (tokens === max_tokens) break
  }
  const reason = tokens === max_tokens ? 'length' : 'stop'
  yield { text: textOf(held), tokens: held, end: { reason, tokens, logprob } }
}

function* echoParts(task: Task, logprobs: number | undefined): Generator<Part, void> {
  if (logprobs === undefined) return yield { text: task.prompt, tokens: [] }
  let offset = 0
  for (const each of scorePrompt(task, logprobs)) {
    yield { text: each.text, tokens: [{ ...each, offset }] }
    offset += each.text.length
  }
}

function joinParts(parts: readonly Part[]): Part {
  const tokens = parts.flatMap((part) => part.tokens)
  return { ...parts.at(-1), text: textOf(parts), tokens }
}

const meanLogprob = ({ end }: Part): number => (end ? end.logprob / Math.max(1, end.tokens) : 0)

const textOf = (pieces: readonly { text: string }[]): string =>
  pieces.map(({ text }) => text).join('')

/** The number of characters at the end of the text that may begin the stop sequence */
function partialMatchLength(text: string, sequence: string): number {
  let length = Math.min(text.length, sequence.length - 1)
  while (!text.endsWith(sequence.slice(0, length))) length--
  return length
}

export type Choice = ReturnType<typeof choiceOf>

/** A choice in the API's form, or a part of one. Only the last part has a finish_reason. */
function choiceOf(index: number, { text, tokens, end }: Part, request: CompletionRequest) {
  const logprobs = {
    tokens: tokens.map(({ token }) => token),
    token_logprobs: tokens.map((each) => each.logprob),
    top_logprobs: tokens.map(({ top }) => top),
    text_offset: tokens.map(({ offset }) => offset),
  }
  const finish_reason = end?.reason ?? null
  return { index, text, logprobs: request.logprobs === undefined ? null : logprobs, finish_reason }
}
