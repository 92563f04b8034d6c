import assert from 'node:assert/strict'
import { openQuote, scanner, type Effect } from '../../../../src/infill/filters/scanner.ts'
import { ANY_LANGUAGE, type Syntax } from '../../../../src/infill/filters/syntax.ts'

const PYTHON: Syntax = { ...ANY_LANGUAGE, multilineQuotes: '', comments: [['#', '\n']] }
const C: Syntax = {
  ...ANY_LANGUAGE,
  comments: [
    ['//', '\n'],
    ['/*', '*/'],
  ],
}

/** The characters that have an effect, and whether something is open at the end */
function scan(text: string, closer = '', syntax?: Syntax): [[string, Effect][], boolean] {
  const scanned = scanner(closer, syntax)
  const effects = text.split('').map((char): [string, Effect] => [char, scanned.step(char)])
  return [effects.filter(([, effect]) => effect !== 'none'), scanned.isOpen]
}

suite('scanner', () => {
  test('follows brackets and strings', () => {
    assert.deepEqual(scan('foo(a, [b'), [[], true])
    assert.deepEqual(scan('foo(a, [b])'), [[], false])
    assert.deepEqual(scan('foo("("'), [[], true])
    assert.deepEqual(scan('("(")'), [[], false])
    assert.deepEqual(scan(String.raw`"\""`), [[], false])
  })

  test('reports the bracket that closes what the text has not opened', () => {
    assert.deepEqual(scan('a, b)', ')'), [[[')', 'stray']], false])
    assert.deepEqual(scan('bar(a)', ')'), [[], false])
    assert.deepEqual(scan('a]', ')'), [[], false])
  })

  test('reports the bracket that is opened for the suffix to close', () => {
    assert.deepEqual(scan('a).then(b', ')'), [
      [
        [')', 'stray'],
        ['(', 'reopened'],
      ],
      false,
    ])
  })

  test('closes a string that is open where the text begins', () => {
    assert.deepEqual(scan('a)"', '"'), [[['"', 'stray']], false])
    assert.deepEqual(scan('a" + "b', '"'), [
      [
        ['"', 'stray'],
        ['"', 'reopened'],
      ],
      false,
    ])
  })

  test('an apostrophe in a word opens no string', () => {
    assert.deepEqual(scan("don't ("), [[], true])
    assert.deepEqual(scan("don't (a)"), [[], false])
    assert.deepEqual(scan("&'a ("), [[], true])
  })

  test('a string ends at the end of its line, one in backquotes does not', () => {
    assert.equal(scan('"a\n')[1], false)
    assert.equal(scan('`a\n')[1], true)
  })

  test('skips the comments of a language', () => {
    assert.deepEqual(scan('f( # don"t :(\n)', '', PYTHON), [[], false])
    assert.deepEqual(scan('f( // :(\n)', '', C), [[], false])
    assert.deepEqual(scan('f( /* ((\n" */ )', '', C), [[], false])
    assert.deepEqual(scan('a) # )', ')', PYTHON), [[[')', 'stray']], false])
  })

  test('finds no comment in a string', () => {
    assert.deepEqual(scan('f("//")', '', C), [[], false])
    assert.deepEqual(scan('f("/"/g', '', C), [[], true])
  })

  test('knows no comments by default', () => {
    assert.deepEqual(scan('f( # (\n)'), [[], true])
  })
})

suite('open quote', () => {
  const cases: [line: string, quote: string][] = [
    ['', ''],
    ['print("', '"'],
    ['print("a"', ''],
    [String.raw`print("a\"`, '"'],
    ["x = '", "'"],
    ["don't ", ''],
    ['`${a}', '`'],
  ]
  for (const [line, quote] of cases) {
    test(`of ${line} is ${quote === '' ? 'none' : quote}`, () =>
      assert.equal(openQuote(line), quote))
  }
})
