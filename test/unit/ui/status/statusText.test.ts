import assert from 'node:assert/strict'
import { CompletionError } from '../../../../src/completions/errors.ts'
import {
  spokenEnd as spokenInLanguage,
  statusText as inLanguage,
} from '../../../../src/ui/status/statusText.ts'
import { statusDetails } from '../../../../src/ui/status/statusDetails.ts'
import { english } from '../../../../src/ui/translate.ts'
import type { Cost, End, Progress } from '../../../../src/usage/progress.ts'

const cost: Cost = {
  prompt_tokens: 812,
  cached_tokens: null,
  completion_tokens: 25,
  estimated: false,
  firstTokenAfter: 120,
  elapsed: 1120,
}

const server = (reason: string): End => ({ by: 'server', reason })

function statusText(
  progress: Progress,
  endpoint: { label: string; model: string },
  waited: number,
) {
  return inLanguage(progress, endpoint, waited, english, statusDetails(progress, english))
}

function spokenEnd(progress: Progress): string | null {
  return spokenInLanguage(progress, english)
}

function textOf(progress: Progress, waited = 0): string {
  return statusText(progress, { label: 'localhost:8080', model: 'qwen' }, waited).text
}

suite('status text', () => {
  test('idle: endpoint and model', () => {
    assert.equal(textOf({ kind: 'idle' }), '$(sparkle) localhost:8080 · qwen')
    const builtin = statusText({ kind: 'idle' }, { label: 'builtin', model: '' }, 0)
    assert.equal(builtin.text, '$(sparkle) builtin')
  })

  test('empty: the tooltip explains the built-in endpoint', () => {
    const empty = { kind: 'done', cost, end: server('empty') } as const
    const tooltip = (label: string, progress: Progress): string =>
      statusText(progress, { label, model: '' }, 0).tooltip
    assert.match(tooltip('builtin', empty), /No similar code found in this workspace/)
    assert.doesNotMatch(tooltip('localhost:8080', empty), /workspace/)
    assert.doesNotMatch(tooltip('builtin', { ...empty, end: server('stop') }), /workspace/)
  })

  test('waiting: seconds', () => {
    assert.equal(textOf({ kind: 'waiting' }, 7), '$(loading~spin) Waiting for server (7 s)')
    const again = { kind: 'waiting', retryIn: 1800 } as const
    assert.equal(textOf(again, 0), '$(loading~spin) Retrying in 2 s')
    assert.equal(textOf(again, 5), '$(loading~spin) Retrying')
  })

  test('streaming: tokens and tokens per second', () => {
    assert.equal(textOf({ kind: 'streaming', cost }), '$(loading~spin) 25 tokens · 24/s')
    const estimated = { ...cost, estimated: true }
    assert.equal(
      textOf({ kind: 'streaming', cost: estimated }),
      '$(loading~spin) ~25 tokens · ~24/s',
    )
  })

  test('done: prompt and completion tokens, and why when it is not "stop"', () => {
    assert.equal(textOf({ kind: 'done', cost, end: server('stop') }), '$(check) 812 → 25 tokens')
    assert.equal(
      textOf({ kind: 'done', cost: { ...cost, estimated: true }, end: server('length') }),
      '$(warning) Stopped at max_tokens · ~812 → ~25 tokens',
    )
    assert.equal(
      textOf({ kind: 'done', cost, end: { by: 'user', reason: 'cancelled' } }),
      '$(debug-stop) Stopped · 812 → 25 tokens',
    )
    assert.equal(
      textOf({ kind: 'done', cost, end: { by: 'filter', reason: 'overlapped' } }),
      '$(info) Nothing new to insert · 812 → 25 tokens',
    )
    assert.equal(
      textOf({
        kind: 'done',
        cost,
        end: { by: 'filter', reason: 'same' },
        alternative: { shown: 1, of: 2 },
      }),
      '$(info) Same result · 812 → 25 tokens · 1 of 2',
    )
    assert.equal(
      textOf({ kind: 'done', cost, end: { by: 'filter', reason: 'repeating' } }),
      '$(warning) Stopped: repetition · 812 → 25 tokens',
    )
    // What a server calls it that is not in the API
    assert.match(textOf({ kind: 'done', cost, end: server('abort') }), /^\$\(warning\) abort · 812/)
  })

  test('done: whether the context was cut, and by how much in the tooltip', () => {
    const done = { kind: 'done', cost, end: server('stop') } as const
    assert.equal(textOf({ ...done, omitted: { before: 0, after: 0 } }), '$(check) 812 → 25 tokens')
    const cut = { ...done, omitted: { before: 120, after: 1 } }
    assert.equal(textOf(cut), '$(check) 812 → 25 tokens · Context cut')
    const { tooltip } = statusText(cut, { label: 'x', model: '' }, 0)
    assert.ok(tooltip.includes('| Not sent | 120 lines before, 1 line after |'), tooltip)
  })

  test('held: what the user can do', () => {
    assert.equal(textOf({ kind: 'held' }), '$(eye-closed) Paused: file not visible')
  })

  test('announced at the end only', () => {
    assert.equal(spokenEnd({ kind: 'streaming', cost }), null)
    assert.equal(spokenEnd({ kind: 'done', cost, end: server('stop') }), 'Completed, 25 tokens.')
    const estimated = { ...cost, estimated: true }
    assert.equal(
      spokenEnd({ kind: 'done', cost: estimated, end: server('length') }),
      'Stopped at max_tokens, about 25 tokens.',
    )
    assert.equal(
      spokenEnd({ kind: 'swapped', alternative: { shown: 2, of: 3 } }),
      'Alternative 2 of 3.',
    )
  })

  test('which alternative is shown', () => {
    const alternative = { shown: 2, of: 3 }
    assert.equal(
      textOf({ kind: 'done', cost, end: server('stop'), alternative }),
      '$(check) 812 → 25 tokens · 2 of 3',
    )
    assert.equal(textOf({ kind: 'swapped', alternative }), '$(arrow-swap) Alternative 2 of 3')
  })

  test('failed: up to three words, and the sentence in the tooltip', () => {
    const error = new CompletionError('unreachable', {
      id: 'unreachable',
      origin: 'http://[::1]:1',
      code: '*nobody*',
    })
    const { text, tooltip, color, spoken } = statusText(
      { kind: 'failed', error },
      { label: 'x', model: '' },
      0,
    )
    assert.equal(text, '$(error) Server unreachable')
    assert.equal(spoken, 'Infill: Server unreachable')
    assert.equal(color, 'statusBarItem.errorBackground')
    // Not as Markdown
    assert.ok(tooltip.includes(String.raw`\*nobody\*`))
  })

  test('the tooltip shows cached tokens, the cost and the total of the window', () => {
    const done = { kind: 'done', cost, end: server('stop') } as const
    const tooltipOf = (progress: Progress): string =>
      statusText(progress, { label: 'x', model: '' }, 0).tooltip
    assert.doesNotMatch(tooltipOf(done), /cached|Cost|window/)
    const session = {
      runs: 3,
      prompt_tokens: 2000,
      completion_tokens: 70,
      estimated: true,
      dollars: 0.0154,
    }
    const tooltip = tooltipOf({
      ...done,
      cost: { ...cost, cached_tokens: 700 },
      spending: { dollars: 0.0021, session },
    })
    assert.ok(tooltip.includes('| Prompt, cached | 700 tokens |'), tooltip)
    assert.ok(tooltip.includes('| Cost | $0.0021 |'), tooltip)
    assert.ok(tooltip.includes('| This window | ~2000 → ~70 tokens · ~$0.015 |'), tooltip)
    assert.match(tooltip, /`~`: estimated/)
    const free = { dollars: null, session: { ...session, dollars: null } }
    assert.doesNotMatch(tooltipOf({ ...done, spending: free }), /\$/)
  })

  test('the tooltip shows the details', () => {
    const { tooltip } = statusText(
      { kind: 'done', cost: { ...cost, estimated: true }, end: server('stop') },
      { label: 'x', model: '' },
      0,
    )
    for (const part of [
      '~812 tokens',
      '~25 tokens',
      '120 ms',
      '1.1 s',
      '~24 tokens/s',
      'estimated',
    ]) {
      assert.ok(tooltip.includes(part), part)
    }
  })
})
