import assert from 'node:assert/strict'
import type {
  Answer,
  InputQuestion,
  PickQuestion,
  Question,
  Questions,
} from '../../../src/connect/questions.ts'

/**
 * One answer: the item with this text, a text to type, or a way out. `during` answers while a task
 * runs, after the promise.
 */
export type Reply =
  | { choose: string | RegExp }
  | { type: string }
  | 'back'
  | 'leave'
  | { during: 'back' | 'leave'; after: Promise<unknown> }

/** What the user saw of a question */
export interface Seen {
  title: string
  prompt: string
  /** Labels, descriptions and details of the items, one line for each */
  items?: string[]
  value?: string
  problem?: string
  canGoBack: boolean
}

export interface ScriptedQuestions extends Questions {
  readonly seen: readonly Seen[]
  /** The last question that was shown */
  last(): Seen
}

/** A user who answers the questions in this order. Every answer must be used. */
export function scriptedQuestions(replies: readonly Reply[]): ScriptedQuestions {
  const seen: Seen[] = []
  const rest = [...replies]

  function next(question: Question, shown: Partial<Seen>): Reply {
    const { title, prompt, canGoBack = true } = question
    seen.push({ title, prompt, canGoBack, ...shown })
    const reply = rest.shift()
    assert.ok(reply !== undefined, `No answer to: ${JSON.stringify(seen.at(-1), null, 1)}`)
    if (reply === 'back') assert.ok(canGoBack, 'There is no way back.')
    return reply
  }

  return {
    seen,
    last() {
      assert.deepEqual(rest, [], `Asked last: ${JSON.stringify(seen.at(-1), null, 1)}`)
      const question = seen.at(-1)
      assert.ok(question !== undefined)
      return question
    },
    async pick<T>(question: PickQuestion<T>): Promise<Answer<T>> {
      const lines = question.items.map(({ label, description = '', detail = '' }) =>
        [label, description, detail].filter((part) => part !== '').join(' | '),
      )
      const reply = next(question, { items: lines })
      if (typeof reply === 'string') return reply
      assert.ok(
        'choose' in reply,
        `A pick is no place for ${JSON.stringify(reply)}: ${lines.join('\n')}`,
      )
      const { choose } = reply
      const item = question.items.find(({ value }, at) => {
        const line = lines[at] ?? ''
        return (
          value !== null && (typeof choose === 'string' ? line.includes(choose) : choose.test(line))
        )
      })
      assert.ok(
        item?.value !== undefined && item.value !== null,
        `${choose} is not in:\n${lines.join('\n')}`,
      )
      return { value: item.value }
    },
    async input(question: InputQuestion): Promise<Answer<string>> {
      const { value, problem } = question
      for (;;) {
        const reply = next(question, { value, ...(typeof problem === 'string' && { problem }) })
        if (typeof reply === 'string') return reply
        assert.ok('type' in reply, `An input is no place for ${JSON.stringify(reply)}`)
        const fault = question.validate(reply.type)
        if (fault === null) return { value: reply.type }
        seen.push({
          title: question.title,
          prompt: question.prompt,
          canGoBack: true,
          problem: fault,
        })
      }
    },
    async wait<T>(
      question: Question,
      task: (signal: AbortSignal) => Promise<T>,
    ): Promise<Answer<T>> {
      const abort = new AbortController()
      const running = task(abort.signal)
      const [first] = rest
      if (typeof first !== 'object' || !('during' in first)) return { value: await running }
      next(question, {})
      await first.after
      abort.abort()
      await running.catch(() => undefined)
      return first.during
    },
  }
}
