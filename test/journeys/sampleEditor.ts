import { openEditor, type Editor } from '../launcher/open.ts'
import { copySample, type Sample } from '../launcher/sample.ts'
import { openFile } from '../launcher/user.ts'

export interface SampleEditor {
  readonly sample: Sample
  readonly editor: Editor
}

/** Call it in a suite: opens an editor with a copy of the sample, at its gap, and closes it after the suite. */
export function useSampleEditor(): SampleEditor {
  let sample: Sample | undefined
  let editor: Editor | undefined
  suiteSetup(async function () {
    // The first run installs the editor.
    this.timeout(300_000)
    sample = await copySample()
    editor = await openEditor({ workspace: sample.folder })
    await openFile(editor, sample.file, sample)
  })
  suiteTeardown(async () => {
    await editor?.close()
    await sample?.remove()
  })
  const opened = <T>(value: T | undefined): T => {
    if (value === undefined) throw new Error('The editor is not open yet.')
    return value
  }
  return {
    get sample() {
      return opened(sample)
    },
    get editor() {
      return opened(editor)
    },
  }
}
