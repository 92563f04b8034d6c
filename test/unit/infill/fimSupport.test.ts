import assert from 'node:assert/strict'
import { fimSupportOf, type FimSupport } from '../../../src/infill/fimSupport.ts'

suite('what a name says about filling in the middle', () => {
  const models: readonly [support: FimSupport, ...names: string[]][] = [
    ['fim', 'qwen2.5-coder:1.5b', 'codestral-2508', 'Qwen3.6-35B-A3B', 'starcoder2:3b'],
    ['fim', 'mercury-edit-2', 'inception/mercury-coder', 'mercury-coder-small'],
    ['fim', 'gpt-3.5-turbo-instruct', 'gpt-35-turbo-instruct'],
    [
      'nextEdit',
      'zeta',
      'zed-industries/zeta-2',
      'hf.co/lmstudio-community/zeta-GGUF:Q4',
      'zeta-2.1',
    ],
    ['nextEdit', 'sweepai/sweep-next-edit-1.5B', 'sweep-next-edit-v2-7B', 'continuedev/instinct'],
    ['none', 'mercury-2', 'gpt-4o', 'openai/gpt-5.1', 'o3-mini', 'claude-opus-4', 'gemini-3-pro'],
    [
      'none',
      'mamba-codestral-7B-v0.1',
      'open-codestral-mamba',
      'qwen3-vl:8b',
      'llama-guard3',
      'bge-reranker-v2',
    ],
    ['none', 'nomic-embed-text', 'text-embedding-3-small', 'Qwen3-TTS', 'deepseek-r1:7b'],
    [
      'unknown',
      'llama3.1:8b',
      'my-model',
      'zetamath',
      'vanguard-7b',
      'instinctive-7b',
      'olmo2',
      '',
    ],
  ]
  for (const [support, ...names] of models) {
    for (const name of names) {
      test(`${name || 'no name'}: ${support}`, () => assert.equal(fimSupportOf(name), support))
    }
  }
})
