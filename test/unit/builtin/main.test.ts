import assert from 'node:assert/strict'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { run, withProgram } from './program.ts'

suite('npm run builtin', () => {
  test('serves a folder, prints its URL in one line, and ends on SIGTERM', () =>
    withProgram(
      { 'a.py': 'def area(width):\n    return width\n' },
      async ({ url, token, line }) => {
        assert.equal(line, `${JSON.stringify({ url, token })}\n`)
        assert.equal(token, 'abc')
        const response = await fetch(`${url}/completions`, {
          method: 'POST',
          headers: { authorization: `Bearer ${token}` },
          body: JSON.stringify({
            model: 'workspace',
            prompt: 'def area(',
            max_tokens: 2,
            temperature: 0,
          }),
        })
        assert.match(await response.text(), /"text":"width\)".*"finish_reason":"length"/)
      },
    )).timeout(10_000)

  const wrong: [args: string[], message: RegExp][] = [
    [[], /--root is missing/],
    [['--root', 'no/such/folder'], /no such folder: no\/such\/folder/],
    [['--root', '.', '--port', '70000'], /--port must be/],
    [['--root', '.', '--port', 'x'], /--port must be/],
    [['--root', '.', '--token', 'a b'], /--token must be/],
    [['--roots', '.'], /Unknown option/],
  ]
  for (const [args, message] of wrong) {
    test(`rejects ${JSON.stringify(args)} with an error of one line`, async () => {
      const child = run(...args)
      const [out, error, [code]] = await Promise.all([
        text(child.stdout),
        text(child.stderr),
        once(child, 'exit'),
      ])
      assert.equal(out, '')
      assert.match(error, message)
      assert.equal(error.trimEnd().split('\n').length, 1)
      assert.equal(code, 2)
    }).timeout(10_000)
  }
})
