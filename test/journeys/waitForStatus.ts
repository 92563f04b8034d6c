import type { Editor } from '../launcher/open.ts'
import { until } from '../launcher/run.ts'
import { statusText } from '../launcher/user.ts'

/** Waits until the status bar shows the expected text, which may be visible only briefly. */
export async function waitForStatus(editor: Editor, expected: RegExp): Promise<void> {
  const seen: string[] = []
  const ask = async () => {
    const text = await statusText(editor)
    if (seen.at(-1) !== text) seen.push(text)
    return expected.test(text) || undefined
  }
  try {
    await until(`the status bar to say ${expected}`, ask)
  } catch (error) {
    throw new Error(`It said: ${seen.join(' | ')}`, { cause: error })
  }
}
