import { access, constants, stat } from 'node:fs/promises'
import { delimiter, join } from 'node:path'

/** A server that is installed on this machine and can be started from a terminal. */
export interface InstalledServer {
  title: string
  /** The command that starts it, with a model that fills in the middle where it needs one */
  command: string
}

interface Startable extends InstalledServer {
  program: string
}

const STARTABLE: readonly Startable[] = [
  { program: 'ollama', title: 'Ollama', command: 'ollama serve' },
  {
    program: 'llama-server',
    title: 'llama.cpp',
    // llama-server's own preset for filling in the middle. It downloads the model at the first start.
    command: 'llama-server --fim-qwen-1.5b-default --port 8012',
  },
]

/** A small model that fills in the middle, for an Ollama that has none */
export const OLLAMA_PULL = 'ollama pull qwen2.5-coder:1.5b-base'

/**
 * Finds the servers in the folders of the PATH. Nothing is executed.
 *
 * @param path the environment variable
 */
export async function installedServers(
  path: string,
  platform: NodeJS.Platform,
): Promise<InstalledServer[]> {
  const folders = path.split(delimiter).filter((folder) => folder !== '')
  const suffixes = platform === 'win32' ? ['.exe', '.cmd', '.bat'] : ['']
  const found = await Promise.all(
    STARTABLE.map(async ({ program, title, command }) => {
      const files = folders.flatMap((folder) =>
        suffixes.map((suffix) => join(folder, program + suffix)),
      )
      const isInstalled = (await Promise.all(files.map(isExecutable))).includes(true)
      return isInstalled ? [{ title, command }] : []
    }),
  )
  return found.flat()
}

async function isExecutable(file: string): Promise<boolean> {
  try {
    await access(file, constants.X_OK)
    return (await stat(file)).isFile()
  } catch {
    // The file does not exist in most folders.
    return false
  }
}
