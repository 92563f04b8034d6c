import assert from 'node:assert/strict'
import { readHumanEval, type PythonTask } from '../../eval/humanEval.ts'
import { openSandbox, type Sandbox } from '../../eval/python.ts'

const task: PythonTask = {
  id: 'x',
  group: 'random-span',
  path: 'add.py',
  language: 'python',
  before: 'def add(a, b):\n    ',
  after: '\n',
  expected: 'return a + b',
  test: 'def check(candidate):\n    assert candidate(1, 2) == 3\n',
  entryPoint: 'add',
}

suite('Evaluation: HumanEval', () => {
  test('has all tasks of each set', async () => {
    const sizes = { 'single-line': 1033, 'multi-line': 5815, 'random-span': 164 } as const
    for (const [set, size] of Object.entries(sizes)) {
      const tasks = await readHumanEval(set as keyof typeof sizes)
      assert.equal(tasks.length, size)
      assert.equal(new Set(tasks.map(({ id }) => id)).size, size)
    }
  })

  suite('programs of a model', () => {
    let sandbox: Sandbox
    suiteSetup(async function () {
      this.timeout(20_000)
      // Without python3, or where no namespace can be made, nothing is run: `npm run eval` says so.
      const opened = await openSandbox().catch(() => null)
      if (opened === null) return this.skip()
      sandbox = opened
    })

    test('pass when they do what is tested', async () => {
      assert.equal(await sandbox.passes(task, 'return a + b'), true)
      assert.equal(await sandbox.passes(task, 'return a - b'), false)
      assert.equal(await sandbox.passes(task, 'return ('), false)
    })

    test('have no network, no files, few resources, and no time without end', async function () {
      this.timeout(30_000)
      const within = (code: string): string =>
        `${code.replaceAll('\n', '\n    ')}\n    return a + b`
      const dials =
        "import socket\ns = socket.socket()\ns.settimeout(1)\ns.connect(('127.0.0.1', 80))"
      assert.equal(await sandbox.passes(task, within(dials)), false)
      assert.equal(await sandbox.passes(task, within('x = bytearray(2 * 2**30)')), false)
      assert.equal(
        await sandbox.passes(task, within("open('big', 'wb').write(bytes(2**22))")),
        false,
      )
      assert.equal(await sandbox.passes(task, within("open('/etc/passwd')")), false)
      assert.equal(await sandbox.passes(task, within("open('/usr/infill', 'w')")), false)
      assert.equal(await sandbox.passes(task, within("open('/tmp/own', 'w')")), true)
      const started = performance.now()
      assert.equal(await sandbox.passes(task, within('while True: pass')), false)
      assert.ok(performance.now() - started < 15_000)
    })

    test('pass with what the authors wrote', async function () {
      this.timeout(60_000)
      const tasks = (await readHumanEval('random-span')).slice(0, 10)
      for (const each of tasks)
        assert.equal(await sandbox.passes(each, each.expected), true, each.id)
    })
  })
})
