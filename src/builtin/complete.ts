import { setImmediate as nextTurn } from 'node:timers/promises'
import {
  generateTokens,
  scorePrompt,
  taskOf,
  type Knowledge,
  type ScoredToken,
  type Task,
} from './model/task.ts'
import type { CompletionRequest } from './request.ts'
import { randomFrom } from './model/sample.ts'

export interface Usage {
  /** Tokens of the prompts and, for each of them, of the suffix, which the model reads as well. */
  readonly prompt_tokens: number
  /** Tokens that were written, also those of the candidates that `best_of` threw away. */
  readonly completion_tokens: number
  readonly total_tokens: number
}

/** The choices, part by part; the usage comes last. */
export interface Chunk {
  readonly choices: readonly Choice[]
  readonly usage: Usage | null
}

/** Completes the prompts one after the other, each `n` times. */
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
        // What was made goes out, and a client that went away is noticed, before the next token.
        await nextTurn(undefined, { signal })
      }
      candidates.push(joined(parts))
    }
    if (stream) continue
    if (best_of > n) candidates.sort((a, b) => meanOf(b) - meanOf(a))
    yield { choices: candidates.slice(0, n).map(choice), usage: null }
  }
  const total_tokens = prompt_tokens + completion_tokens
  yield { choices: [], usage: { prompt_tokens, completion_tokens, total_tokens } }
}

interface Part {
  readonly text: string
  readonly tokens: readonly Placed[]
  /** Of the last part: how many tokens were written, and the sum of their log probabilities. */
  readonly end?: { reason: 'stop' | 'length'; tokens: number; logprob: number }
}

/** A token, and where it begins: in characters from the start of the prompt. */
interface Placed extends ScoredToken {
  readonly offset: number
}

/** One choice, in a part for each token. Text that may be the beginning of a stop sequence waits. */
function* choose(task: Task, request: CompletionRequest, seed: number): Generator<Part, void> {
  const { echo, logprobs, max_tokens, stop } = request
  if (echo) yield* echoed(task, logprobs)
  let waiting: Placed[] = []
  let offset = task.prompt.length
  let [tokens, logprob] = [0, 0]
  for (const each of max_tokens > 0
    ? generateTokens(task, request, randomFrom(seed), logprobs ?? 0)
    : []) {
    tokens++
    logprob += each.logprob ?? 0
    waiting.push({ ...each, offset })
    offset += each.text.length
    const text = textOf(waiting)
    const found = stop.map((sequence) => text.indexOf(sequence)).filter((at) => at !== -1)
    if (found.length > 0) {
      const shown = text.slice(0, Math.min(...found))
      const until = offset - text.length + shown.length
      const begun = waiting.filter((token) => token.offset < until)
      return yield { text: shown, tokens: begun, end: { reason: 'stop', tokens, logprob } }
    }
    const safe = offset - Math.max(0, ...stop.map((sequence) => begunLength(text, sequence)))
    const ready = waiting.filter((token) => token.offset + token.text.length <= safe)
    waiting = waiting.slice(ready.length)
    yield { text: textOf(ready), tokens: ready }
    if (tokens === max_tokens) break
  }
  const reason = tokens === max_tokens ? 'length' : 'stop'
  yield { text: textOf(waiting), tokens: waiting, end: { reason, tokens, logprob } }
}

function* echoed(task: Task, logprobs: number | undefined): Generator<Part, void> {
  if (logprobs === undefined) return yield { text: task.prompt, tokens: [] }
  let offset = 0
  for (const each of scorePrompt(task, logprobs)) {
    yield { text: each.text, tokens: [{ ...each, offset }] }
    offset += each.text.length
  }
}

function joined(parts: readonly Part[]): Part {
  const tokens = parts.flatMap((part) => part.tokens)
  return { ...parts.at(-1), text: textOf(parts), tokens }
}

const meanOf = ({ end }: Part): number => (end ? end.logprob / Math.max(1, end.tokens) : 0)

const textOf = (pieces: readonly { text: string }[]): string =>
  pieces.map(({ text }) => text).join('')

/** How many characters at the end of a text may be the beginning of a stop sequence. */
function begunLength(text: string, sequence: string): number {
  let length = Math.min(text.length, sequence.length - 1)
  while (!text.endsWith(sequence.slice(0, length))) length--
  return length
}

export type Choice = ReturnType<typeof choiceOf>

/** A choice as it goes out, or a part of one. The last part, and only that, has a finish_reason. */
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
