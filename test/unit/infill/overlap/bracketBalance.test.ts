import assert from 'node:assert/strict'
import { balanceOf } from '../../../../src/infill/overlap/bracketBalance.ts'
import { SYNTAXES } from '../../../support/syntaxes.ts'

suite('bracket balance', () => {
  const cases: readonly [drawn: string, lacking: string, surplus: number][] = [
    ['foo(¦)', '', 0],
    ['foo(bar(¦)', ')', 0],
    ['foo([¦)', ']', 0],
    ['f() {\n  if (a) {¦\n}\n', '}', 0],
    ['f() {\n  if (a) {¦\n  }\n}\n', '', 0],
    ['f() {\n  if (a) {\n    b([¦\n}\n', '])}', 0],
    ['a¦)\n', '', 1],
    ['a\n¦}\n', '', 1],
    ['// ( {\nfoo(¦)', '', 0],
    ['x = "(" + foo(¦)', '', 0],
    ['foo(¦', '', 0],
  ]
  for (const [drawn, lacking, surplus] of cases) {
    test(JSON.stringify(drawn), () => {
      const [before = '', after = ''] = drawn.split('¦')
      const found = balanceOf(before, after, SYNTAXES['ts'])
      assert.deepEqual([found.lacking.join(''), found.surplus], [lacking, surplus])
    })
  }
})
