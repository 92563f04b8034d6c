import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

/** A llama-server executable and its models */
export interface Llama {
  executable: string
  /** A GGUF file whose vocabulary has FIM tokens */
  model: string
  /** A GGUF file whose vocabulary has none, if there is one */
  modelWithoutFim: string | undefined
}

const HELP =
  'Set INFILL_LLAMA_SERVER to the llama-server executable (or add it to the PATH; get it from https://github.com/ggml-org/llama.cpp) and INFILL_LLAMA_MODEL to a GGUF model with FIM tokens, such as Qwen2.5-Coder or StarCoder2.'

/**
 * Finds a llama-server by the environment: INFILL_LLAMA_SERVER, else the PATH; and its models
 * INFILL_LLAMA_MODEL and INFILL_LLAMA_MODEL_NO_FIM. Returns a line for the user if there is none.
 *
 * @throws Error if a variable names a file that does not exist
 */
export function findLlama(env: NodeJS.ProcessEnv = process.env): Llama | string {
  const named = existing(env, 'INFILL_LLAMA_SERVER')
  const model = existing(env, 'INFILL_LLAMA_MODEL')
  const modelWithoutFim = existing(env, 'INFILL_LLAMA_MODEL_NO_FIM')
  const executable = named ?? onPath(env)
  if (executable === undefined) return `No llama-server found. ${HELP}`
  if (model === undefined) return `No model for llama-server found. ${HELP}`
  return { executable, model, modelWithoutFim }
}

function existing(env: NodeJS.ProcessEnv, name: string): string | undefined {
  const path = env[name] || undefined
  if (path !== undefined && !existsSync(path)) throw new Error(`${name}: no such file: ${path}`)
  return path
}

function onPath(env: NodeJS.ProcessEnv): string | undefined {
  const name = process.platform === 'win32' ? 'llama-server.exe' : 'llama-server'
  const folders = (env['PATH'] ?? '').split(delimiter)
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path))
}
