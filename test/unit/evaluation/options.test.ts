import assert from 'node:assert/strict'
import { evalOptions } from '../../eval/options.ts'

suite('Evaluation: flags of npm run eval', () => {
  const options = (...args: string[]) => evalOptions(args, { KEY: 'secret' })

  test('have defaults', () => {
    const { tasks, limit, temperature, endpoint, compare } = options()
    assert.deepEqual(tasks, ['random-span', 'workspace'])
    assert.deepEqual([limit, temperature, endpoint, compare], [100, 0, 'builtin', null])
  })

  test('name the variable with the key', () => {
    assert.equal(options('--key-env', 'KEY').apiKey, 'secret')
    assert.throws(() => options('--key-env', 'OTHER'), /OTHER is not set/)
  })

  test('give prices and two reports', () => {
    assert.deepEqual(options('--price', '0.3,0.9').price, { input: 0.3, output: 0.9 })
    assert.deepEqual(options('--compare', 'a.json', 'b.json').compare, ['a.json', 'b.json'])
  })

  test('are refused with a sentence', () => {
    assert.throws(() => options('--limit', 'x'), /--limit must be an integer of at least 1/)
    assert.throws(() => options('--temperature', '3'), /--temperature must be a number from 0 to 2/)
    assert.throws(() => options('--price', '1'), /--price/)
    assert.throws(() => options('--context', 'all'), /--context must be off or open/)
    assert.throws(() => options('--compare', 'a.json'), /two files/)
    assert.throws(() => options('stray'), /“stray”/)
  })
})
