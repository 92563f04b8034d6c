import assert from 'node:assert/strict'
import { isError } from '../../support/wording.ts'
import {
  chooseSuffixStrategy,
  type StrategyOptions,
} from '../../../src/generation/suffixStrategy.ts'

const usual: StrategyOptions = {
  settings: { suffix: 'auto', template: 'auto' },
  profile: { title: 'Some server', field: 'honoured', template: true },
  model: 'qwen2.5-coder',
  suffix: ')',
  learned: {},
}

type Change = { [K in keyof StrategyOptions]?: Partial<StrategyOptions[K]> | StrategyOptions[K] }

function choose({ settings, profile, learned, ...rest }: Change = {}): string {
  const strategy = chooseSuffixStrategy({
    ...usual,
    ...rest,
    settings: { ...usual.settings, ...settings },
    profile: { ...usual.profile, ...profile },
    learned: { ...learned },
  })
  return strategy === 'probe' ? 'probe' : `${strategy.mode} ${strategy.template?.id ?? '-'}`
}

suite('suffix strategy', () => {
  test('is the suffix field when the server honours it', () => {
    assert.equal(choose(), 'field qwen')
    assert.equal(choose({ model: 'gpt-3.5-turbo-instruct' }), 'field -')
  })

  test('is to probe when support for the suffix field is unknown', () => {
    const profile = { field: 'unknown' } as const
    assert.equal(choose({ profile }), 'probe')
    assert.equal(choose({ profile, learned: { suffix: 'honoured' } }), 'field qwen')
    assert.equal(choose({ profile, learned: { suffix: 'ignored' } }), 'template qwen')
  })

  test('is the model’s template when the suffix field does not work', () => {
    assert.equal(choose({ profile: { field: 'never' } }), 'template qwen')
    for (const suffix of ['refused', 'ignored', 'echoed'] as const) {
      assert.equal(choose({ learned: { suffix } }), 'template qwen')
    }
  })

  test('is off when there is no template either', () => {
    assert.equal(choose({ profile: { field: 'never' }, model: 'llama3' }), 'off -')
    assert.equal(choose({ profile: { field: 'never', template: false } }), 'off qwen')
  })

  test('is off when the suffix is blank', () => {
    assert.equal(choose({ suffix: ' \n' }), 'off qwen')
    assert.equal(choose({ suffix: '', profile: { field: 'unknown' } }), 'off qwen')
  })

  test('is what the settings specify', () => {
    assert.equal(choose({ settings: { suffix: 'off' } }), 'off qwen')
    assert.equal(choose({ settings: { suffix: 'template' } }), 'template qwen')
    assert.equal(
      choose({ settings: { suffix: 'field' }, profile: { field: 'unknown' } }),
      'field qwen',
    )
    assert.equal(
      choose({ settings: { suffix: 'template', template: 'codellama' }, model: 'my-model' }),
      'template codellama',
    )
  })

  test('is a chat message only when the settings say so', () => {
    assert.equal(choose({ settings: { suffix: 'chat' }, model: 'gpt-5' }), 'chat -')
    assert.equal(choose({ profile: { field: 'never', template: false }, model: 'gpt-5' }), 'off -')
  })

  test('is not refused for a model that only has the name of a next-edit model', () => {
    assert.equal(choose({ model: 'zeta-2', settings: { template: 'qwen' } }), 'field qwen')
  })

  const refused: [what: string, change: Change, message: RegExp][] = [
    [
      'an unknown template',
      { settings: { template: 'qwen9' } },
      /infill\.template must be "auto" or one of "santacoder"/,
    ],
    [
      'the template of an unknown model family',
      { settings: { suffix: 'template' }, model: 'llama3' },
      /No fill-in-the-middle template is known for the model "llama3"/,
    ],
    [
      'chat when the server has none',
      { settings: { suffix: 'chat' }, profile: { chat: false } },
      /Some server has no chat\. Set infill\.suffix to "auto"/,
    ],
    [
      'a next-edit model',
      { model: 'zed-industries/zeta-2' },
      /The model "zed-industries\/zeta-2" suggests edits and does not fill in the middle\. Choose/,
    ],
    [
      'the suffix field when the server echoes it',
      { settings: { suffix: 'field' }, learned: { suffix: 'echoed' } },
      /Some server does not support a suffix field/,
    ],
  ]
  const never = { settings: { suffix: 'field' }, profile: { field: 'never' } } as const
  refused.push([
    'the suffix field when the server does not support it',
    never,
    /does not support a suffix field/,
  ])
  for (const [what, change, message] of refused) {
    test(`rejects ${what}`, () => {
      assert.throws(() => choose(change), isError('invalid_request', message))
    })
  }
})
