import { setImmediate as nextTurn } from 'node:timers/promises'
import { Task, type Knowledge, type Scored } from './model.ts'
import type { CompletionRequest } from './request.ts'
import { randomFrom } from './sample.ts'
import { stopGuard } from './stops.ts'

/** The API's logprobs, of all tokens of a choice or of those of one chunk. */
export interface Logprobs {
  tokens: string[]
  token_logprobs: (number | null)[]
  top_logprobs: (Readonly<Record<string, number>> | null)[]
  text_offset: number[]
}

/** A part of a choice, as it goes out. The last part of a choice, and only that, has a finish_reason. */
export interface ChoicePart {
  readonly index: number
  readonly text: string
  readonly logprobs: Logprobs | null
  readonly finish_reason: 'stop' | 'length' | null
}

export interface Usage {
  /** Tokens of the prompts and, for each of them, of the suffix, which the model reads as well. */
  prompt_tokens: number
  /** Tokens that were written, also those of the candidates that `best_of` threw away. */
  completion_tokens: number
  total_tokens: number
}

/** Completes the prompts one after the other, each `n` times. @returns the usage in the end */
export async function* complete(
  knowledge: Knowledge,
  request: CompletionRequest,
  signal: AbortSignal,
): AsyncGenerator<ChoicePart, Usage, void> {
  const { n, best_of, seed } = request
  let prompt_tokens = 0
  let completion_tokens = 0
  for (const [at, prompt] of request.prompts.entries()) {
    const task = new Task(knowledge, prompt, request.suffix)
    prompt_tokens += task.gap.promptIds.length + task.gap.suffixIds.length
    const candidates: Candidate[] = []
    for (let each = 0; each < best_of; each++) {
      const parts = write(task, request, seed + each)
      const candidate: Candidate = { parts: [], mean: 0 }
      for (;;) {
        const { done, value } = parts.next()
        if (done === true) {
          completion_tokens += value.tokens
          candidate.mean = value.logprob / Math.max(1, value.tokens)
          break
        }
        if (best_of === n) yield { index: at * n + each, ...value }
        else candidate.parts.push(value)
        // What was made goes out, and a client that went away is noticed, before the next token.
        await nextTurn(undefined, { signal })
      }
      candidates.push(candidate)
    }
    if (best_of === n) continue
    for (const [index, { parts }] of candidates
      .toSorted((a, b) => b.mean - a.mean)
      .slice(0, n)
      .entries()) {
      for (const part of parts) yield { index: at * n + index, ...part }
    }
  }
  return { prompt_tokens, completion_tokens, total_tokens: prompt_tokens + completion_tokens }
}

type Part = Omit<ChoicePart, 'index'>
interface Candidate {
  readonly parts: Part[]
  /** The mean log probability of its tokens. */
  mean: number
}

/** One choice. @returns its tokens and the sum of their log probabilities */
function* write(
  task: Task,
  request: CompletionRequest,
  seed: number,
): Generator<Part, { tokens: number; logprob: number }, void> {
  const { logprobs, max_tokens } = request
  const part = partsFrom(request.echo ? 0 : task.gap.prompt.length, logprobs !== undefined)
  if (request.echo) {
    const read = logprobs === undefined ? [{ text: task.gap.prompt }] : task.read(logprobs)
    for (const each of read) yield part(each.text, each)
  }
  const guard = stopGuard(request.stop)
  let tokens = 0
  let logprob = 0
  let stopped = false
  if (max_tokens > 0) {
    for (const each of task.write(request, randomFrom(seed), logprobs ?? 0)) {
      tokens++
      logprob += each.logprob ?? 0
      const shown = guard.push(each.text)
      stopped = shown.stopped
      yield part(shown.text, each)
      if (stopped || tokens === max_tokens) break
    }
  }
  const finish_reason = tokens === max_tokens && !stopped ? 'length' : 'stop'
  yield { ...part(guard.end(), undefined, !stopped), finish_reason }
  return { tokens, logprob }
}

/** Joins texts that may go out with the tokens that begin in them. */
function partsFrom(start: number, hasLogprobs: boolean) {
  const waiting: (Scored & { offset: number })[] = []
  let offset = start
  let shown = start
  return (text: string, token?: { text: string } | Scored, isAll = false): Part => {
    if (token !== undefined && 'token' in token) waiting.push({ ...token, offset })
    offset += token?.text.length ?? 0
    shown += text.length
    const count = isAll ? waiting.length : waiting.findLastIndex((each) => each.offset < shown) + 1
    const ready = waiting.splice(0, count)
    const logprobs = {
      tokens: ready.map((each) => each.token),
      token_logprobs: ready.map((each) => each.logprob),
      top_logprobs: ready.map((each) => each.top),
      text_offset: ready.map((each) => each.offset),
    }
    return { text, logprobs: hasLogprobs ? logprobs : null, finish_reason: null }
  }
}
