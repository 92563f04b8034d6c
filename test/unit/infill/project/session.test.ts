import assert from 'node:assert/strict'
import { packageOf } from '../../../bench/packages.ts'
import { reusedShare } from '../../../bench/projectSession.ts'

suite('Project: prompts of a working session', () => {
  test('share at least 80 % of their beginning, with parts of other files', function () {
    this.timeout(20_000)
    const { read, heldOut } = packageOf('mocha', 'lib')
    const [file] = heldOut
    assert.ok(file)
    const others = read.filter(({ path }) => path !== file.path).slice(0, 8)
    for (const seed of [1, 2, 3]) {
      const share = reusedShare(file, others, seed)
      assert.ok(share >= 0.8, `${(100 * share).toFixed(1)} %`)
    }
  })
})
