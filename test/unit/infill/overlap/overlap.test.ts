import assert from 'node:assert/strict'
import { stopAtOverlap } from '../../../../src/infill/overlap/overlap.ts'
import { textFilter } from '../filters/support.ts'

/** The document with the cursor as `¦` (tables contain `|`), the completion, and the text to insert */
type Case = readonly [name: string, drawn: string, completion: string, inserted: string]

const CUT: readonly Case[] = [
  ['a closing bracket', 'foo(¦)', 'a, b)', 'a, b'],
  ['a bracket and a semicolon', 'foo(¦);', 'a, b);', 'a, b'],
  ['a part of the rest', 'foo(¦);', 'a, b)', 'a, b'],
  ['a bracket of two', 'bar(foo(¦))', 'a)', 'a'],
  ['only the bracket too many', 'bar(¦)', 'foo(a))', 'foo(a)'],
  ['a quote', 'print("¦")', 'hello")', 'hello'],
  ['a quote and more code', 'print("¦")', 'hello")\nprint("b")', 'hello'],
  ['a docstring', 'def f():\n    """¦"""\n    pass', 'Sum.\n    """\n    pass', 'Sum.\n    '],
  ['code after the rest', 'if (¦) {\n  b()\n}', 'a) {\n  c()\n}', 'a'],
  ['a body where the rest has none', 'if (¦)', 'a) {\n  return 1\n}', 'a'],
  ['a semicolon at the end', 'x = ¦;', '1;', '1'],
  ['blanks within braces', 'const x = { ¦ }', 'a, b }', 'a, b'],
  ['a brace on a line of its own', 'x = { ¦ }', '\n  a,\n}', '\n  a,\n'],
  ['an index', 'xs[¦] = 1', 'i] = 1', 'i'],
  ['arguments after the caret', 'get(¦, timeout=5)', 'url, timeout=5)', 'url'],
  ['a semicolon and the next line', 'x = ¦;\nlog(total)', '1;\nlog(total)\n', '1'],
  ['a tag behind one of the same name', '<div>¦</div>', '<div>x</div></div>', '<div>x</div>'],
  ['a bracket after a lifetime', "fn f<'a>(¦)", "x: &'a str)", "x: &'a str"],
  ['a tag', '<p>¦</p>', 'hello</p>', 'hello'],
  ['after another call', 'foo(¦)', 'a).then(b)', 'a).then(b'],
  ['a brace', 'f() {¦\n}', '\n  a()\n}', '\n  a()'],
  ['a brace and the next function', 'f() {\n  ¦\n}', 'a()\n}\n\ng() {\n  b()\n}', 'a()'],
  ['a brace with other words', 'use(() => {\n  ¦\n}, [a]);', 'b();\n}, []);', 'b();'],
  ['an else', 'if (a) {\n  ¦\n} else {\n  c\n}', 'b\n} else {\n  d\n}', 'b'],
  [
    'the last of several elses',
    'if (a) {\n  ¦\n} else {',
    'b\n} else if (c) {\n  d\n}',
    'b\n} else if (c) {\n  d',
  ],
  ['an end', 'def f\n  ¦\nend', 'a\nend\n\ndef g\n  b\nend', 'a'],
  ['a Python else', 'if x:\n    ¦\nelse:\n    b()', 'a()\nelse:\n    c()', 'a()'],
  ['the next line', 'a = 1\n¦\nreturn a + b', 'b = 2\nreturn a + b\n', 'b = 2'],
  [
    'the next line behind a blank one',
    'a = 1¦\n\nreturn a + b',
    '\nb = 2\n\nreturn a + b',
    '\nb = 2',
  ],
  [
    'a blank line that is not there',
    'a = 1¦\nreturn a + b',
    '\nb = 2\n\nreturn a + b',
    '\nb = 2\n',
  ],
  ['all of it', 'f() {\n  ¦\n  return total\n}', 'return total\n}', ''],
  ['all of it but a bracket', 'foo(¦)', ')', ''],
  ['a JSON array', '[\n  1,\n  ¦\n]', '2,\n  3\n]', '2,\n  3'],
  ['a short line at the end', 'case 1:\n  ¦\n  break;\n}', 'a();\n  break;', 'a();'],
  ['a list item', '- one\n¦\n- three apples', '- two\n- three apples\n- four', '- two'],
]

const WHOLE: readonly Case[] = [
  ['its own brackets', 'bar(¦)', 'foo(a)', 'foo(a)'],
  ['its own quotes', 'foo(¦)', '"a)"', '"a)"'],
  ['one closed, one opened', 'foo(¦)', 'a).then(b', 'a).then(b'],
  ['strings that are put together', 'print("¦")', 'a" + b + "c', 'a" + b + "c'],
  ['an escaped quote', 'print("¦")', String.raw`a \" b`, String.raw`a \" b`],
  ['an apostrophe', 'foo(¦)', "a /* don't */", "a /* don't */"],
  [
    'a block before a semicolon',
    'f = ¦;',
    '() => {\n  a();\n  b();\n}',
    '() => {\n  a();\n  b();\n}',
  ],
  ['a line after the semicolon', 'x = 1¦;', ';\ny = 2', ';\ny = 2'],
  ['another argument', 'f(\n  a¦,\n  c)', ',\n  b', ',\n  b'],
  ['nested braces', 'f() {\n  ¦\n}', 'if (a) {\n    b()\n  }', 'if (a) {\n    b()\n  }'],
  ['braces at the same place', 'class A {\n¦\n}', 'f() {\n}\ng() {\n}', 'f() {\n}\ng() {\n}'],
  ['a brace of another level', 'f() {\n  if (x) {\n    ¦\n}', 'a()\n  }', 'a()\n  }'],
  ['an else if', 'if (a) {\n  ¦\n} else {', 'b\n} else if (c) {\n  d', 'b\n} else if (c) {\n  d'],
  [
    'the same return further in',
    '¦\nreturn None',
    'if b:\n    return None',
    'if b:\n    return None',
  ],
  ['rows of zeros', '[\n  ¦\n  0, 0,\n]', '0, 0,\n  0, 0,', '0, 0,\n  0, 0,'],
  ['a table', '| a | b |\n¦\n|---|---|', '|---|---|', '|---|---|'],
  ['a list', '- one\n¦\n- four', '- two\n- three', '- two\n- three'],
  [
    'a break further up',
    'switch (x) {\n  ¦\n  break;',
    'a();\n  break;\n  b();',
    'a();\n  break;\n  b();',
  ],
  [
    'objects in an array',
    '[\n  ¦\n]',
    '{\n    "a": [1]\n  },\n  {}',
    '{\n    "a": [1]\n  },\n  {}',
  ],
  ['nothing below', 'a¦\n\n', '\n}\n)', '\n}\n)'],
  ['the beginning of the next line', 'a\n¦\nreturn total', 'return tot', 'return tot'],
  ['a tag of the same name', '<div>¦</div>', '<div>x</div>', '<div>x</div>'],
  ['a nested tag', '<div>¦</div>', '<p>x</p>', '<p>x</p>'],
]

function inserted(drawn: string, chunks: readonly string[]): string {
  const [before = '', after = ''] = drawn.split('¦')
  const filter = textFilter(stopAtOverlap(before, after))
  let out = ''
  for (const chunk of chunks) {
    out += filter.push(chunk)
    if (filter.done) break
  }
  return out + filter.flush()
}

suite('overlap', () => {
  const cases = [
    ...CUT.map((each) => ['cut', each] as const),
    ...WHOLE.map((each) => ['whole', each] as const),
  ]
  for (const [kind, [name, drawn, answer, expected]] of cases) {
    test(`${kind}: ${name}`, () => {
      for (let at = 0; at <= answer.length; at++) {
        const chunks = [answer.slice(0, at), answer.slice(at)]
        assert.equal(inserted(drawn, chunks), expected, JSON.stringify(chunks))
      }
      assert.equal(inserted(drawn, answer.split('')), expected, 'character by character')
    })
  }

  test('never passes text that is cut later', () => {
    for (const [, drawn, answer, expected] of CUT) {
      const [before = '', after = ''] = drawn.split('¦')
      const filter = textFilter(stopAtOverlap(before, after))
      let out = ''
      for (const char of answer) {
        out += filter.push(char)
        assert.ok(expected.startsWith(out), `${JSON.stringify(out)} of ${JSON.stringify(expected)}`)
      }
    }
  })

  test('only what may be the suffix is held back', () => {
    const filter = textFilter(stopAtOverlap('foo(', ')'))
    assert.deepEqual(
      ['a, b', ')', '.c(', 'd'].map((chunk) => filter.push(chunk)),
      ['a, b', '', ').c(', 'd'],
    )
    const below = textFilter(stopAtOverlap('f() {', '\n}'))
    assert.deepEqual(
      ['\n', '  ', 'a', '()\n'].map((chunk) => below.push(chunk)),
      ['', '\n  ', 'a', '()'],
    )
  })

  test('is done when the model continues after the suffix', () => {
    const filter = textFilter(stopAtOverlap('foo(', ')'))
    assert.equal(filter.push('a)'), 'a')
    assert.equal(filter.done, false)
    assert.equal(filter.push('\nbar()'), '')
    assert.equal(filter.done, true)
    assert.equal(filter.push('more') + filter.flush(), '')
  })
})
