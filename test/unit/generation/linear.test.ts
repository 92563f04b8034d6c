import assert from 'node:assert/strict'
import { outputFilterFor } from '../../../src/generation/outputFilter.ts'
import { removeFences } from '../../../src/infill/filters/codeFences.ts'
import { pipe, type Filter } from '../../../src/infill/filters/filter.ts'
import { removeRepeatedLine } from '../../../src/infill/filters/repeatedLine.ts'
import { SYNTAXES } from '../../support/syntaxes.ts'

const SMALL = 100_000
const TIMES = 4

const numbered = (line: (index: number) => string, length: number): string => {
  let text = ''
  for (let index = 0; text.length < length; index++) text += line(index)
  return text.slice(0, length)
}

/** Texts of a length, each hard for another filter */
const TEXTS: Readonly<Record<string, (length: number) => string>> = {
  code: (length) =>
    numbered((index) => `  const value${index} = items.map((item) => ${index})\n`, length),
  brackets: (length) => numbered((index) => `(${index}[{`, length),
  'line ends': (length) => numbered((index) => `${index}\n\n`, length),
  'one line': (length) => numbered((index) => `${index} `, length),
  'beginnings of the suffix': (length) => numbered((index) => `\n  return ${index}`, length),
  'beginnings of tokens': (length) => numbered((index) => `<|${index}<`, length),
}

function timeOf(text: string, size: number): number {
  return timeOfFilter(filterOfCode(), text, size)
}

function filterOfCode(): Filter {
  const surroundings = {
    before: 'function f(items) {\n  ',
    linePrefix: '  ',
    suffix: '\n  return total\n}\n',
    insertSpaces: true,
    tabSize: 2,
    syntax: SYNTAXES['ts'],
  }
  const request = { prompt: 'x', suffix: surroundings.suffix, stop: ['STOP'] }
  return outputFilterFor(request, null, { surroundings })
}

/** Answers of chat models, each hard for one of their filters */
const ANSWERS: Readonly<Record<string, (length: number) => string>> = {
  lines: (length) => numbered((index) => `  a(${index})\n`, length),
  'line ends': (length) => '\n'.repeat(length),
  'white space': (length) => ' '.repeat(length),
  backticks: (length) => '`'.repeat(length),
  sentences: (length) => 'A word. '.repeat(length / 8),
}

function filterOfAnswers(): Filter {
  return pipe(removeFences('', 'typescript'), removeRepeatedLine('  const a ='))
}

function timeOfFilter(filter: Filter, text: string, size: number): number {
  const start = performance.now()
  for (let at = 0; at < text.length && !filter.done; at += size) {
    filter.push([{ text: text.slice(at, at + size), token: null }])
  }
  filter.flush()
  return performance.now() - start
}

suite('the time of the filters', () => {
  for (const [name, make] of Object.entries(TEXTS)) {
    for (const size of [10, Infinity]) {
      const pieces = size === Infinity ? 'in one piece' : `in pieces of ${size}`
      test(`grows with the length: ${name}, ${pieces}`, function () {
        this.timeout(20_000)
        // The machine has other work as well.
        this.retries(2)
        const [small, large] = [make(SMALL), make(SMALL * TIMES)]
        timeOf(small, size)
        const short = Math.min(timeOf(small, size), timeOf(small, size))
        const ratio = timeOf(large, size) / Math.max(short, 1)
        assert.ok(ratio <= TIMES * 2.5, `${ratio.toFixed(1)} times for ${TIMES} times the length`)
      })
    }
  }

  for (const [name, make] of Object.entries(ANSWERS)) {
    test(`grows with the length of an answer: ${name}`, function () {
      this.timeout(20_000)
      this.retries(2)
      const time = (length: number): number =>
        timeOfFilter(filterOfAnswers(), `\`\`\`ts\n${make(length)}`, 10)
      time(SMALL)
      const short = Math.min(time(SMALL), time(SMALL))
      const ratio = time(SMALL * TIMES) / Math.max(short, 1)
      assert.ok(ratio <= TIMES * 2.5, `${ratio.toFixed(1)} times for ${TIMES} times the length`)
    })
  }
})
