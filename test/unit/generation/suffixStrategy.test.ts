import assert from 'node:assert/strict'
import { chooseSuffixStrategy, type Circumstances } from '../../../src/generation/suffixStrategy.ts'

const usual: Circumstances = {
  settings: { suffix: 'auto', template: 'auto' },
  profile: { title: 'Some server', field: 'honoured', template: true },
  model: 'qwen2.5-coder',
  suffix: ')',
  learned: {},
}

type Change = { [K in keyof Circumstances]?: Partial<Circumstances[K]> | Circumstances[K] }

function choose({ settings, profile, learned, ...rest }: Change = {}): string {
  const strategy = chooseSuffixStrategy({
    ...usual,
    ...rest,
    settings: { ...usual.settings, ...settings },
    profile: { ...usual.profile, ...profile },
    learned: { ...learned },
  })
  return strategy === 'ask' ? 'ask' : `${strategy.mode} ${strategy.template?.id ?? '-'}`
}

suite('the way of a suffix', () => {
  test('is the server’s own field where that is honoured', () => {
    assert.equal(choose(), 'field qwen')
    assert.equal(choose({ model: 'gpt-3.5-turbo-instruct' }), 'field -')
  })

  test('is asked for once where it is not known', () => {
    const profile = { field: 'unknown' } as const
    assert.equal(choose({ profile }), 'ask')
    assert.equal(choose({ profile, learned: { suffix: 'honoured' } }), 'field qwen')
    assert.equal(choose({ profile, learned: { suffix: 'ignored' } }), 'template qwen')
  })

  test('is the model’s template where the field is of no use', () => {
    assert.equal(choose({ profile: { field: 'never' } }), 'template qwen')
    for (const suffix of ['refused', 'ignored', 'echoed'] as const) {
      assert.equal(choose({ learned: { suffix } }), 'template qwen')
    }
  })

  test('is none where there is no template either', () => {
    assert.equal(choose({ profile: { field: 'never' }, model: 'llama3' }), 'off -')
    assert.equal(choose({ profile: { field: 'never', template: false } }), 'off qwen')
  })

  test('is none where nothing follows the caret', () => {
    assert.equal(choose({ suffix: ' \n' }), 'off qwen')
    assert.equal(choose({ suffix: '', profile: { field: 'unknown' } }), 'off qwen')
  })

  test('is what the user says', () => {
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

  const refused: [what: string, change: Change, message: RegExp][] = [
    [
      'a template that does not exist',
      { settings: { template: 'qwen9' } },
      /infill\.template must be "auto" or one of "santacoder"/,
    ],
    [
      'a template for a model of no known family',
      { settings: { suffix: 'template' }, model: 'llama3' },
      /No fill-in-the-middle template is known for the model "llama3"/,
    ],
    [
      'the field of a server that repeats it',
      { settings: { suffix: 'field' }, learned: { suffix: 'echoed' } },
      /Some server has no use for a suffix/,
    ],
  ]
  const never = { settings: { suffix: 'field' }, profile: { field: 'never' } } as const
  refused.push(['the field of a server that has none', never, /has no use for a suffix/])
  for (const [what, change, message] of refused) {
    test(`cannot be ${what}`, () => {
      assert.throws(() => choose(change), { kind: 'invalid_request', message })
    })
  }
})
