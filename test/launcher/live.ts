// `npm run live [-- PATTERN]`: runs the tests in test/live against a real llama-server. Not a part of
// `npm test`, because most systems have none.
import { findLlama, type Llama } from './findLlama.ts'
import { interruptionSignal, runLimited } from './limited.ts'

function runTests({ executable }: Llama): Promise<number> {
  const [pattern] = process.argv.slice(2)
  const args = [
    'node_modules/mocha/bin/mocha.js',
    '--config=test/live/.mocharc.json',
    ...(pattern === undefined ? [] : [`--grep=${pattern}`]),
  ]
  return runLimited({ name: `live: ${executable}`, limit: 600, args }, {}, interruptionSignal())
}

try {
  const found = findLlama()
  if (typeof found === 'string') console.log(found)
  else process.exitCode = await runTests(found)
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
