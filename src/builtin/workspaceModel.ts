import { continuationOf } from './continuation.ts'
import type { Corpus, Source } from './corpus.ts'
import { keysOf } from './keys.ts'
import { indentUnit } from './lines.ts'
import { findMatches, type Match } from './matches.ts'
import type { CompletionInput, LanguageModel, Piece } from './model.ts'
import { headOf, tailOf } from './tail.ts'
import { countTokens, tokensOf } from './tokens.ts'

/** Keys of a continuation that are looked at, at most, however large max_tokens is. */
const longest = 4000

/** Characters of the prompt that tell the unit of its indentation. */
const unitSample = 20_000

/**
 * Continues the prompt the way the workspace does: with the text after the place that is most like
 * the end of the prompt, in the files and in the request itself. It invents nothing, so it may
 * have nothing to say; the same request and the same files give the same answer.
 */
export function workspaceModel(corpus: Corpus): LanguageModel {
  return {
    id: 'workspace',
    system_fingerprint: 'workspace-1',
    countTokens,
    async *complete(input) {
      const text = input.max_tokens === 0 ? undefined : await bestContinuation(corpus, input)
      yield* pieces(text, input)
    },
  }
}

function* pieces(text: string | undefined, input: CompletionInput): Generator<Piece, void> {
  if (text === undefined) {
    yield { text: '', finish_reason: input.max_tokens === 0 ? 'length' : 'stop' }
    return
  }
  let left = input.max_tokens
  for (const token of tokensOf(text)) {
    input.signal.throwIfAborted()
    if (left === 0) {
      yield { text: '', finish_reason: 'length' }
      return
    }
    left--
    yield { text: token, finish_reason: null }
  }
  yield { text: '', finish_reason: 'stop' }
}

async function bestContinuation(
  corpus: Corpus,
  { prompt, suffix, max_tokens, signal }: CompletionInput,
): Promise<string | undefined> {
  await corpus.ready()
  signal.throwIfAborted()
  const own: Source = { text: prompt, keys: keysOf(prompt) }
  const after: Source = { text: suffix, keys: keysOf(suffix) }
  const tail = tailOf(prompt, own.keys)
  const head = headOf(suffix)
  const mayClose = Math.max(0, tail.open - head.closed)
  const bounds = { head, mayClose, most: Math.min(max_tokens + 2, longest) }
  const matches = await findMatches([own, after, ...corpus.sources()], tail, signal)
  const place = { prompt, suffix, tail, bounds, unit: indentUnit(prompt.slice(-unitSample)) }
  return best(matches, (match) => continuationOf(match, place))
}

/** The text with the highest score; of equal ones the first, which is the nearest. */
function best(
  matches: readonly Match[],
  continuation: (match: Match) => { text: string; met: number } | undefined,
): string | undefined {
  const scores = new Map<string, { score: number; count: number }>()
  for (const match of matches) {
    const found = continuation(match)
    if (found === undefined) continue
    const score = Math.min(match.length, 16) + 3 * Math.min(found.met, 6)
    const same = scores.get(found.text)
    scores.set(found.text, {
      score: Math.max(score, same?.score ?? 0),
      count: (same?.count ?? 0) + 1,
    })
  }
  let winner: { text: string; score: number } | undefined
  for (const [text, { score, count }] of scores) {
    // Being frequent decides between places that are about as much alike.
    const total = score + Math.log2(count)
    if (winner === undefined || total > winner.score) winner = { text, score: total }
  }
  return winner?.text
}
