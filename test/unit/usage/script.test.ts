import assert from 'node:assert/strict'
import { charactersPerTokenOf } from '../../../src/usage/script.ts'

suite('characters per token by script', () => {
  const cases: readonly [name: string, text: string, least: number, most: number][] = [
    ['code', 'const total = items.reduce((a, b) => a + b, 0)', 3, 3],
    ['Chinese', '这个函数返回所有项目的总和。', 1, 1.5],
    ['Japanese', 'この関数は合計を返します。', 1, 1.5],
    ['Korean', '이 함수는 합계를 반환합니다.', 1, 1.7],
    ['Russian', 'Эта функция возвращает сумму.', 1.8, 2.4],
    ['emoji', '🙂🙂🙂🙂', 0.6, 1],
    ['code with Chinese comments', 'total += price // 总和加上价格\n', 1.5, 2.7],
    ['accents', 'Größe für jede Übersicht', 3, 3],
    ['nothing', '', 3, 3],
  ]
  for (const [name, text, least, most] of cases) {
    test(name, () => {
      const ratio = charactersPerTokenOf(text)
      assert.ok(ratio >= least && ratio <= most, `${ratio}`)
    })
  }

  test('a lower measured ratio is used for every script', () => {
    assert.equal(charactersPerTokenOf('abc', 1.4), 1.4)
    assert.ok(charactersPerTokenOf('这个函数', 1.4) <= 1.4)
  })
})
