import assert from 'node:assert/strict'
import type { Segment } from '../../../../src/infill/filters/segment.ts'
import { hoverText } from '../../../../src/ui/confidence/hoverText.ts'
import { levelRanges } from '../../../../src/ui/confidence/levelRanges.ts'
import { percentText, tokenLabel } from '../../../../src/ui/confidence/tokenWords.ts'
import { english } from '../../../../src/ui/translate.ts'

const segmentOf = (
  text: string,
  probability: number | null,
  alternatives: Record<string, number> | null = null,
): Segment => ({
  text,
  token: {
    text,
    offset: 0,
    logprob: probability === null ? null : Math.log(probability),
    alternatives:
      alternatives &&
      Object.fromEntries(Object.entries(alternatives).map(([name, p]) => [name, Math.log(p)])),
  },
})
const hover = (segment: Segment) => hoverText(segment, { place: 1, segment: 2 }, english)

suite('confidence: the hover of a token', () => {
  test('says its probability in percent and in words, and lists its alternatives', () => {
    const text = hover(segmentOf(' count', 0.41, { ' count': 0.41, ' total': 0.38, '</s>': 0.002 }))
    assert.deepEqual(text.replaceAll(/\(command:[^)]*\)/g, '(…)').split('\n'), [
      '`·count` 41 %, unsure',
      '',
      '- [`·total`](…) 38 %',
      '- `</s>` <1 %',
      '',
      'Select one to replace the text from here on.',
    ])
  })

  test('has links with what to pick as their argument', () => {
    const text = hover(segmentOf('a', 0.5, { "it's (b)": 0.3 }))
    const [, command = '', args = ''] = /\(command:([\w.]+)\?(\S+) "/.exec(text) ?? []
    assert.equal(command, 'infill.pickToken')
    assert.doesNotMatch(args, /[()']/)
    assert.deepEqual(JSON.parse(decodeURIComponent(args)), [
      { place: 1, segment: 2, token: 'a', alternative: "it's (b)" },
    ])
  })

  test('says when there are no alternatives, or no probability', () => {
    assert.equal(hover(segmentOf('a', 0.95)), '`a` 95 %, very likely\n\nThere are no alternatives.')
    assert.match(hover(segmentOf('a', null)), /^`a` probability unknown\n/)
  })

  test('shows a token as it is, whatever Markdown makes of it', () => {
    assert.match(hover(segmentOf('`', 0.95)), /^`` ` `` 95 %/)
    assert.match(hover(segmentOf('a``b', 0.95)), /^```a``b``` 95 %/)
    assert.match(hover(segmentOf('](command:x)', 0.95)), /^`]\(command:x\)` 95 %/)
  })
})

suite('confidence: words', () => {
  test('make white space and controls visible', () => {
    assert.equal(tokenLabel('\n\t a\u202e\u0000'), '⏎⇥·aU+202EU+0000')
    assert.equal(tokenLabel('x'.repeat(100)).length, 61)
  })

  for (const [probability, words] of [
    [1, '100 %'],
    [0.995, '>99 %'],
    [0.874, '87 %'],
    [0.01, '1 %'],
    [0.004, '<1 %'],
    [0, '<1 %'],
  ] as const) {
    test(`${probability} is ${words}`, () => {
      assert.equal(percentText(Math.log(probability), english), words)
    })
  }
})

suite('confidence: colors', () => {
  test('are of the text in the document, at every place', () => {
    const start = { line: 0, character: 2 }
    const other = { text: 'zz', segments: [segmentOf('zz', 0.1)] }
    const shown = {
      text: 'ab\nc',
      segments: [segmentOf('a', 0.95), segmentOf('b\n', 0.3), segmentOf('c', null)],
    }
    const place = { range: { start, end: start }, tries: [other, shown], shown: 1 }
    const { veryLikely, likely, unsure, unlikely } = levelRanges([place, { ...place, shown: 0 }])
    assert.deepEqual(veryLikely, [{ start, end: { line: 0, character: 3 } }])
    assert.deepEqual(likely, [])
    assert.deepEqual(unsure, [{ start: { line: 0, character: 3 }, end: { line: 1, character: 0 } }])
    assert.deepEqual(unlikely, [{ start, end: { line: 0, character: 4 } }])
  })
})
