import { type BrowserChoice, findBrowser } from './browser.ts'
import { desktopBuild, display } from './desktop.ts'
import { serverBuild } from './serverBuild.ts'

export type DesktopEditor = {
  kind: 'desktop'
  /** The program and its first arguments */
  command: [string, ...string[]]
  description: string
}

export type ServerEditor = {
  kind: 'server'
  main: string
  browser: BrowserChoice
  description: string
}

/** A real VS Code that can be started on this system */
export type AnyEditor = DesktopEditor | ServerEditor

/**
 * Returns the desktop build if there is a display and the download succeeds, else the server build.
 * The environment variable INFILL_EDITOR (`desktop` or `server`) overrides the choice.
 */
export async function chooseEditor(): Promise<AnyEditor> {
  const requested = process.env['INFILL_EDITOR'] ?? 'auto'
  const editor = await (requested === 'server' ? server('requested') : desktopElseServer(requested))
  console.log(`Editor: ${editor.description}`)
  return editor
}

async function desktopElseServer(requested: string): Promise<AnyEditor> {
  const wrapper = display()
  if (wrapper === undefined) {
    if (requested === 'desktop') throw new Error('No display and no xvfb-run found.')
    return server('no display')
  }
  try {
    const { executable, version } = await desktopBuild()
    const [program, ...rest] = [...wrapper, executable]
    const under = wrapper.length > 0 ? ' under xvfb-run' : ''
    const description = `VS Code ${version}, desktop build${under}`
    return { kind: 'desktop', command: [program, ...rest], description }
  } catch (error) {
    if (requested === 'desktop') throw error
    return server('the desktop build could not be downloaded')
  }
}

async function server(reason: string): Promise<ServerEditor> {
  const { main, version } = await serverBuild()
  const browser = await findBrowser()
  const description = `VS Code ${version}, server build with Chromium ${browser.version} (${reason})`
  return { kind: 'server', main, browser, description }
}
