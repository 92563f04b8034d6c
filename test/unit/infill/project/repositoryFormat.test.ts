import assert from 'node:assert/strict'
import { asComments } from '../../../../src/infill/project/repositoryFormat.ts'
import { render, TEMPLATES, templateOf, tokensOf } from '../../../../src/infill/templates.ts'

const project = {
  snippets: [
    { path: 'src/a.ts', text: 'export const a = 1' },
    { path: 'b.ts', text: 'b()\nc()' },
  ],
  path: 'src/main.ts',
  repository: 'shop',
  comment: { begin: '//', end: '' },
}
const sides = { prompt: 'const x = ', suffix: '\n', project }

const rendered = (model: string): string => {
  const template = templateOf('auto', model)
  assert.ok(template)
  return render(template, sides)
}

/** As the documentation of each family has it */
const EXPECTED = {
  'Qwen2.5-Coder-7B':
    '<|repo_name|>shop\n<|file_sep|>src/a.ts\nexport const a = 1\n<|file_sep|>b.ts\nb()\nc()\n<|file_sep|>src/main.ts\n<|fim_prefix|>const x = <|fim_suffix|>\n<|fim_middle|>',
  starcoder2:
    '<repo_name>shop<file_sep>src/a.ts\nexport const a = 1\n<file_sep>b.ts\nb()\nc()\n<file_sep>src/main.ts\n<fim_prefix>const x = <fim_suffix>\n<fim_middle>',
  'codestral-22b':
    '[SUFFIX]\n[PREFIX]+++++ src/a.ts\nexport const a = 1\n+++++ b.ts\nb()\nc()\n+++++ src/main.ts\nconst x = ',
  'Mellum-4b':
    '<filename>src/a.ts\nexport const a = 1\n<filename>b.ts\nb()\nc()\n<filename>src/main.ts\n<fim_suffix>\n<fim_prefix>const x = <fim_middle>',
  'codegemma-2b':
    'src/a.ts\nexport const a = 1\n<|file_separator|>b.ts\nb()\nc()\n<|file_separator|>src/main.ts\n<|fim_prefix|>const x = <|fim_suffix|>\n<|fim_middle|>',
  'granite-code:8b':
    '<reponame>shop<filename>src/a.ts\nexport const a = 1\n<filename>b.ts\nb()\nc()\n<filename>src/main.ts\n<fim_prefix>const x = <fim_suffix>\n<fim_middle>',
  'bigcode/starcoderbase':
    '<reponame>shop<filename>src/a.ts\nexport const a = 1\n<filename>b.ts\nb()\nc()\n<filename>src/main.ts\n<fim_prefix>const x = <fim_suffix>\n<fim_middle>',
  'CodeQwen1.5-7B':
    '<reponame>shop\n<file_sep>src/a.ts\nexport const a = 1\n<file_sep>b.ts\nb()\nc()\n<file_sep>src/main.ts\n<fim_prefix>const x = <fim_suffix>\n<fim_middle>',
  'codegeex4-all-9b':
    '<|user|>\n###REFERENCE:\n###PATH:src/a.ts\nexport const a = 1\n###REFERENCE:\n###PATH:b.ts\nb()\nc()\n###PATH:src/main.ts\n###LANGUAGE:\n###MODE:BLOCK\n<|code_suffix|>\n<|code_prefix|>const x = <|code_middle|><|assistant|>\n',
  // No format is documented: comments
  'deepseek-coder':
    '<｜fim▁begin｜>// src/a.ts\n// export const a = 1\n// b.ts\n// b()\n// c()\nconst x = <｜fim▁hole｜>\n<｜fim▁end｜>',
}

suite('Project: repository formats', () => {
  for (const [model, expected] of Object.entries(EXPECTED)) {
    test(`of ${model}`, () => assert.equal(rendered(model), expected))
  }

  test('change nothing without other files', () => {
    for (const template of TEMPLATES) {
      const { prompt, suffix } = sides
      assert.equal(
        render(template, { prompt, suffix, project: undefined }),
        render(template, { prompt, suffix }),
      )
    }
  })

  test('have no special tokens from the text or the names of files', () => {
    for (const template of TEMPLATES) {
      const tokens = tokensOf(template).filter(
        (token) => token.trim() !== '' && !token.startsWith('\n'),
      )
      const evil = tokens.join(' ')
      const text = render(template, {
        ...sides,
        project: { ...project, repository: evil, snippets: [{ path: evil, text: evil }] },
      })
      const plain = render(template, {
        ...sides,
        project: { ...project, snippets: [{ path: 'p', text: 't' }] },
      })
      for (const token of tokens) {
        assert.equal(
          text.split(token).length,
          plain.split(token).length,
          `${template.id}: ${token}`,
        )
      }
    }
  })

  test('as comments cannot be ended by the text', () => {
    const comment = { begin: '<!--', end: '-->' }
    const snippets = [{ path: 'a.html', text: 'x --> <script>' }]
    assert.equal(
      asComments({ ...project, comment, snippets }),
      '<!-- a.html -->\n<!-- x - -> <script> -->\n',
    )
  })
})
