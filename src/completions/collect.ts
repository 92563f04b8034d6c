import type { Choice, Completion, CompletionChunk, Logprobs } from './types.ts'

/** Combines a stream into the completion that the server would have sent without `stream`. */
export async function collect(chunks: AsyncIterable<CompletionChunk>): Promise<Completion> {
  const choices = new Map<number, Choice>()
  const whole: Completion = {
    id: null,
    object: null,
    created: null,
    model: null,
    system_fingerprint: null,
    choices: [],
    usage: null,
  }
  for await (const chunk of chunks) {
    whole.id ??= chunk.id
    whole.object ??= chunk.object
    whole.created ??= chunk.created
    whole.model ??= chunk.model
    whole.system_fingerprint ??= chunk.system_fingerprint
    // Servers that send usage with every chunk send running totals: the last one counts.
    whole.usage = chunk.usage ?? whole.usage
    for (const choice of chunk.choices) {
      choices.set(choice.index, join(choices.get(choice.index), choice))
    }
  }
  whole.choices = [...choices.values()].toSorted((a, b) => a.index - b.index)
  return whole
}

function join(before: Choice | undefined, next: Choice): Choice {
  if (before === undefined) return next
  return {
    index: next.index,
    text: before.text + next.text,
    finish_reason: next.finish_reason ?? before.finish_reason,
    logprobs: joinLogprobs(before.logprobs, next.logprobs),
  }
}

function joinLogprobs(before: Logprobs | null, next: Logprobs | null): Logprobs | null {
  if (before === null || next === null) return next ?? before
  return {
    tokens: [...before.tokens, ...next.tokens],
    token_logprobs: [...before.token_logprobs, ...next.token_logprobs],
    top_logprobs: [...before.top_logprobs, ...next.top_logprobs],
    text_offset: [...before.text_offset, ...next.text_offset],
  }
}
