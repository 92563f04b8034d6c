import assert from 'node:assert/strict'
import { stopAtOverlap } from '../../../../src/infill/overlap/overlap.ts'
import { SYNTAXES } from '../../../support/syntaxes.ts'
import { textFilter } from '../filters/support.ts'

/** The language, the document with the cursor as `¦`, the completion, and the text to insert */
type Case = readonly [language: string, drawn: string, completion: string, inserted: string]

const all = (language: string, drawn: string, completion: string): Case => [
  language,
  drawn,
  completion,
  completion,
]

const LONE_QUOTES: readonly Case[] = [
  ['rs', 'fn run(¦) {', "x: Box<dyn F + 'static>)", "x: Box<dyn F + 'static>"],
  ['rs', 'struct A<¦> {', "'a, T: 'a>", "'a, T: 'a>"],
  ['rs', 'call(¦);', "|c| c == 'x')", "|c| c == 'x'"],
  ['md', 'see (¦) below', "Anna's and Tom' notes)", "Anna's and Tom' notes"],
  ['md', '[a](¦)\n', 'b "c)', 'b "c'],
  ['py', 'f(¦)', "x,  # it's here\n  y)", "x,  # it's here\n  y"],
  ['sh', 'x=$(¦)', 'echo a  # don"t\n)', 'echo a  # don"t\n'],
]

const NO_BRACKETS: readonly Case[] = [
  all('js', 'g(¦)', '\n// 1) a\n b,\n'),
  all('js', 'g(¦)', '/* :) */ a'),
  all('js', 'g(¦)', String.raw`/\)/, b`),
  all('js', 'g(¦)', 'x.replace(/[)]/g, ")"), /\\(/'),
  all('js', 'g(¦)', 'a / b, c / d'),
  all('ts', 'const a = [¦]', '\'it is ]\', "]", `]`'),
  all('py', 'f(¦)', '\n    # 1) first\n    a,\n'),
  all('py', 'f(¦)', '"""a) b) c)""", d'),
  all('lua', 'f(¦)', '--[[ a) ]] b'),
  all('css', 'a { color: rgb(¦); }', '1, 2 /* :) */, 3'),
  all('html', '<p>(¦)</p>', '<!-- :) --> a'),
  all('sh', 'x=$(¦)', 'case $a in\n  b) echo 1;;\n  *.c|d) echo 2;;\nesac'),
  all('sh', 'f() {¦\n}', '\n  echo ${#a} $# # }\n  b'),
  all('yml', 'a: [¦]', '1, # 1]\n  2'),
  all('go', 'f(¦)', '\')\', ")", `)`'),
]

const BELOW: readonly Case[] = [
  [
    'js',
    'switch (level) {¦\n    case A: return 1;\n    case B: return 2;\n  }\n}\n',
    '\n    case Z: return 0;\n    case A: return 1;\n    case B: return 2;\n  }\n}\n',
    '\n    case Z: return 0;',
  ],
  [
    'py',
    'def a():\n    ¦\n\n\ndef b():\n    return 2\n',
    'return 1\n\n\ndef b():\n    return 2\n\n\ndef c():\n    return 3\n',
    'return 1',
  ],
  [
    'css',
    'a {\n  ¦\n}\n\nb {\n  color: red;\n}\n',
    'color: blue;\n}\n\nb {\n  color: red;\n}\n',
    'color: blue;',
  ],
  ['md', '# A\n\n¦\n\n# B\n\nText of B.\n', 'Text of A.\n\n# B\n\nText', 'Text of A.'],
  ['json', '{\n  "a": 1,\n  ¦\n  "c": 3\n}\n', '"b": 2,\n  "c": 3\n}\n', '"b": 2,'],
  [
    'yml',
    'jobs:\n  a:\n    run: 1\n¦  c:\n    run: 3\n',
    '  b:\n    run: 2\n  c:\n    ru',
    '  b:\n    run: 2\n',
  ],
  [
    'html',
    '<ul>\n  ¦\n  <li>two</li>\n</ul>\n',
    '<li>one</li>\n  <li>two</li>\n</ul>\n',
    '<li>one</li>',
  ],
  ['js', 'const a = ¦\nconst b = 2\n', '1\nconst b = 2\nconst c = 3\n', '1'],
  ['js', 'foo(¦, b, c);\nbar();\n', 'a, b, c);\nbar();', 'a'],
  // The document lacks a bracket.
  ['js', 'foo(bar(¦)\nnext()\n', 'a)', 'a)'],
  ['js', 'f() {\n  if (a) {\n    ¦\n}\n', 'b()\n  }\n}\n', 'b()\n  }'],
  // A second case that resembles the one below
  all('js', 'switch (a) {\n¦  case 2:\n    return f(2)\n}', '  case 1:\n    return f(1)\n'),
  all('css', '¦.b {\n  color: red;\n  margin: 0;\n}\n', '.a {\n  color: red;\n  margin: 1px;\n}\n'),
  all('json', '[\n¦  { "a": 1, "b": 2 }\n]', '  { "a": 1, "b": 1 },\n'),
]

const BLOCKS: readonly Case[] = [
  // The document lacks an end.
  all('h', '#ifdef A\n#ifdef B\nint b;¦\n#endif\n', '\n#endif'),
  all('h', '#ifdef A\n#ifdef B\nint b;\n¦\n\n#endif\n', '#endif'),
  all('sh', 'if a; then\n  if b; then\n    c¦\nfi\n', '\n  fi'),
  all('lua', 'function a()\n  if b then\n    c()¦\nend\n', '\n  end'),
  all('rb', 'def a\n  if b\n    c¦\nend\n', '\n  end'),
  // It lacks none.
  ['h', '#ifdef A\nint a;¦\n#endif\n', '\nint b;\n#endif', '\nint b;'],
  ['sh', 'for a in b; do\n  ¦\ndone\n', 'c\ndone', 'c'],
  ['lua', 'if b then\n  ¦\nend\n', 'c()\nend', 'c()'],
  ['rb', 'a.each do |b|\n  ¦\nend\n', 'c\nend\n\nd', 'c'],
  // The text opens and closes a block of its own.
  all('h', 'int a;¦\n#endif\n', '\n#ifdef __cplusplus\n}\n#endif'),
  all('h', '#if A\nint a;¦\n#endif\n', '\n#if B\n#else\nint b;\n#endif'),
  all('sh', 'f() {\n¦fi\n', 'if a; then\n  b\nfi\nif c; then\n  d\n'),
  all('rb', 'class A\n¦end\n', '  def b\n    c\n  end\n'),
  all('lua', 'do\n  ¦\nend\n', 'local f = function()\n    b()\n  end\n  f()'),
  // It closes the document's, and opens another one for the document to close.
  all('sh', 'if a; then\n  b\n¦fi\n', '  c\nfi\n\nif d; then\n  e\n'),
  // It continues into the document.
  [
    'sh',
    '¦fi\n\n# 3. Add the key\ncurl a\n',
    'if a; then\n  b\nfi\n\n# 3. Add the k',
    'if a; then\n  b\n',
  ],
  ['sh', 'if a; then¦\nfi\n\nif [ -z "$P" ]; then\n', '\n  b\nfi\n\nif [ -z "$', '\n  b'],
  // An end in a comment ends nothing.
  all('lua', 'do\n¦\nend\n', '--[[\nend\n]]\nb()'),
  all('h', '#if A\n¦\n#endif\n', '/*\n#endif\n*/\nint a;'),
]

const PARTS: readonly Case[] = [
  // The text ends with the indentation of the line that the document has after the cursor.
  ['py', 'if a:\n¦        c()\n', '        b()\n        ', '        b()\n'],
  ['ts', '{\n¦\t\tc()\n}', '\t\tb()\n\t\t', '\t\tb()\n'],
  // It ends with a part of a line without words.
  ['h', '// a¦\n//===--------===//\n', ' b\n//===---', ' b'],
  ['yml', 'a:\n  -¦\n  - 10.12.14\n', ' 10.1\n  - 10.12', ' 10.1'],
  all('json', '[\n  1¦\n  11\n]', ',\n  1'),
  // A sign that begins a comment is not cut.
  all('js', 'a()\n¦*\n * b\n */', '/*'),
  all('html', '<p>¦--\n a\n-->', '<!--'),
]

function inserted([language, drawn, completion]: Case, length: number): string {
  const [before = '', after = ''] = drawn.split('¦')
  const filter = textFilter(stopAtOverlap(before, after, SYNTAXES[language]))
  let out = ''
  for (let at = 0; at < completion.length && !filter.done; at += length) {
    out += filter.push(completion.slice(at, at + length))
  }
  return out + filter.flush()
}

suite('overlap in languages', () => {
  for (const each of [...LONE_QUOTES, ...NO_BRACKETS, ...BELOW, ...BLOCKS, ...PARTS]) {
    const [language, drawn, completion, expected] = each
    test(`${language}: ${JSON.stringify(drawn)} + ${JSON.stringify(completion)}`, () => {
      for (const length of [1, 3, completion.length]) {
        assert.equal(inserted(each, length), expected, `in pieces of ${length}`)
      }
    })
  }
})
