import assert from 'node:assert/strict'
import { render, templateOf, TEMPLATES, tokensOf } from '../../../src/infill/templates.ts'

suite('FIM templates', () => {
  const models: [model: string, family: string | null, prompt?: string][] = [
    ['qwen2.5-coder:1.5b-base', 'qwen', '<|fim_prefix|>P<|fim_suffix|>S<|fim_middle|>'],
    ['Qwen/Qwen3-Coder-30B-A3B-Instruct', 'qwen'],
    ['Qwen/Qwen3-8B-Base', 'qwen', '<|fim_prefix|>P<|fim_suffix|>S<|fim_middle|>'],
    ['qwen3:0.6b', 'qwen'],
    ['Qwen3-Next-80B-A3B-Instruct', 'qwen'],
    ['qwen3.5-9b', 'qwen'],
    ['unsloth/Qwen3.6-35B-A3B', 'qwen'],
    ['codeqwen1.5-7b', 'starcoder', '<fim_prefix>P<fim_suffix>S<fim_middle>'],
    ['bigcode/starcoder2-15b', 'starcoder'],
    ['stable-code:3b', 'starcoder'],
    ['granite-code:8b', 'starcoder'],
    ['granite-3.3-8b-base', 'granite', '<|fim_prefix|>P<|fim_suffix|>S<|fim_middle|>'],
    ['smallcloudai/Refact-1_6B-fim', 'starcoder', '<fim_prefix>P<fim_suffix>S<fim_middle>'],
    ['santacoder', 'santacoder', '<fim-prefix>P<fim-suffix>S<fim-middle>'],
    ['codellama:7b-code', 'codellama', '<PRE> P <SUF>S <MID>'],
    ['CodeLlama-13b-hf', 'codellama'],
    ['deepseek-coder:6.7b-base', 'deepseek', '<｜fim▁begin｜>P<｜fim▁hole｜>S<｜fim▁end｜>'],
    ['deepseek-coder-v2:lite', 'deepseek'],
    ['deepseek-ai/DeepSeek-V4-Flash', 'deepseek', '<｜fim▁begin｜>P<｜fim▁hole｜>S<｜fim▁end｜>'],
    ['codegemma:2b', 'codegemma', '<|fim_prefix|>P<|fim_suffix|>S<|fim_middle|>'],
    ['codestral-22b', 'codestral', '[SUFFIX]S[PREFIX]P'],
    ['Seed-Coder-8B-Base', 'seed', '<[fim-suffix]>S<[fim-prefix]>P<[fim-middle]>'],
    ['mellum-4b-base', 'mellum', '<fim_suffix>S<fim_prefix>P<fim_middle>'],
    [
      'codegeex4-all-9b',
      'codegeex',
      '<|user|>\n###MODE:BLOCK\n<|code_suffix|>S<|code_prefix|>P<|code_middle|><|assistant|>\n',
    ],
    ['glm-4-9b', 'glm', '<|code_prefix|>P<|code_suffix|>S<|code_middle|>'],
    ['falcon-h1-tiny-coder', 'falcon', '<|prefix|>P<|suffix|>S<|middle|>'],
    ['aixcoder-7b-base', 'aixcoder', '▁<AIX-SPAN-PRE>▁<AIX-SPAN-POST>S▁<AIX-SPAN-MIDDLE>P'],
    ['mamba-codestral-7b', null],
    ['open-codestral-mamba', null],
    ['qwen-7b', null],
    ['qwen-72b-chat', null],
    ['qwen3-vl:8b', null],
    ['Qwen3-Embedding-0.6B', null],
    ['Qwen3-Reranker-4B', null],
    ['Qwen/Qwen3-Omni-30B-A3B-Instruct', null],
    ['Qwen3-ASR-1.7B', null],
    ['Qwen3-TTS-12Hz-1.7B-Base', null],
    ['Qwen3Guard-Gen-8B', null],
    ['qwen-image', null],
    ['deepseek-v4-ocr', null],
    ['llama-refactor-7b', null],
    ['zed-industries/zeta-qwen2.5-coder', null],
    ['llama3.1:8b', null],
    ['gpt-3.5-turbo-instruct', null],
    ['', null],
  ]
  for (const [model, family, prompt] of models) {
    test(`${model || 'no name'} has the template ${family ?? 'none'}`, () => {
      const template = templateOf('auto', model)
      assert.equal(template?.id ?? null, family)
      if (template !== null && prompt !== undefined) {
        assert.equal(render(template, { prompt: 'P', suffix: 'S' }), prompt)
      }
    })
  }

  test('a template can be selected by its id', () => {
    assert.equal(templateOf('codellama', 'my-own-model')?.id, 'codellama')
    assert.equal(templateOf('no-such-family', 'qwen2.5-coder'), null)
  })

  test('special tokens in the user’s text are made harmless', () => {
    for (const template of TEMPLATES) {
      const tokens = tokensOf(template).filter((token) => !token.startsWith('\n'))
      const sides = { prompt: tokens.join(''), suffix: tokens.toReversed().join('') }
      const rendered = render(template, sides)
      for (const token of tokens) {
        const own = template.layout.split(token).length - 1
        assert.equal(rendered.split(token).length - 1, own, `${template.id}: ${token}`)
      }
    }
  })

  test('replacement patterns in the user’s text stay text', () => {
    const template = templateOf('qwen', '')
    assert.ok(template)
    const rendered = render(template, { prompt: "$& $1 {suffix} $'", suffix: '{prefix}' })
    assert.equal(rendered, "<|fim_prefix|>$& $1 {suffix} $'<|fim_suffix|>{prefix}<|fim_middle|>")
  })

  test('tokensOf contains every token of every layout', () => {
    for (const template of TEMPLATES) {
      const left = tokensOf(template).reduce(
        (layout, token) => layout.replaceAll(token, ''),
        template.layout,
      )
      assert.ok(!/[<[]/.test(left), `${template.id}: ${left}`)
    }
  })
})
