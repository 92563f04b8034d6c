import { type BrowserChoice, findBrowser } from './browser.ts'
import { desktopBuild, display } from './desktop.ts'
import { serverBuild } from './serverBuild.ts'

export type DesktopEditor = {
  kind: 'desktop'
  /** The program and the arguments that go before all others. */
  command: [string, ...string[]]
  description: string
}

export type ServerEditor = {
  kind: 'server'
  main: string
  browser: BrowserChoice
  description: string
}

/** A real VS Code that can be started on this machine. */
export type AnyEditor = DesktopEditor | ServerEditor

/**
 * The desktop build where there is a display and the download works, else the server build.
 * INFILL_EDITOR (`desktop`, `server`) asks for one of them.
 */
export async function chooseEditor(): Promise<AnyEditor> {
  const asked = process.env['INFILL_EDITOR'] ?? 'auto'
  const editor = await (asked === 'server' ? server('as asked') : desktopElseServer(asked))
  console.log(`Editor: ${editor.description}`)
  return editor
}

async function desktopElseServer(asked: string): Promise<AnyEditor> {
  const before = display()
  if (before === undefined) {
    if (asked === 'desktop') throw new Error('There is no display here, and no xvfb-run.')
    return server('no display here')
  }
  try {
    const { executable, version } = await desktopBuild()
    const [program, ...rest] = [...before, executable]
    const under = before.length > 0 ? ' under xvfb-run' : ''
    const description = `VS Code ${version}, desktop build${under}`
    return { kind: 'desktop', command: [program, ...rest], description }
  } catch (error) {
    if (asked === 'desktop') throw error
    return server('the desktop build could not be downloaded')
  }
}

async function server(why: string): Promise<ServerEditor> {
  const { main, version } = await serverBuild()
  const browser = await findBrowser()
  const description = `VS Code ${version}, server build with Chromium ${browser.version} (${why})`
  return { kind: 'server', main, browser, description }
}
