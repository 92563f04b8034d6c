// `npm run eval [-- OPTION…]`: measures an endpoint on tasks of filling in the middle. --help lists the options.
import process from 'node:process'
import { CompletionError } from '../../src/completions/errors.ts'
import { runEval } from '../eval/run.ts'
import { sentenceOf } from '../support/wording.ts'

try {
  await runEval(process.argv.slice(2))
} catch (error) {
  if (error instanceof CompletionError) console.error(sentenceOf(error))
  else console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
