import { azure } from './azure.ts'
import { builtin } from './builtin.ts'
import { deepseek } from './deepseek.ts'
import { fireworks } from './fireworks.ts'
import { inception } from './inception.ts'
import { koboldcpp } from './koboldcpp.ts'
import { languageModels } from './languageModels.ts'
import { litellm } from './litellm.ts'
import { llamaCppPython } from './llamaCppPython.ts'
import { llamacpp } from './llamacpp.ts'
import { lmstudio } from './lmstudio.ts'
import { localai } from './localai.ts'
import { mistral } from './mistral.ts'
import { ollama } from './ollama.ts'
import { openai } from './openai.ts'
import { openrouter } from './openrouter.ts'
import type { ServerId, ServerProfile } from '../profile.ts'
import { sglang } from './sglang.ts'
import { siliconflow } from './siliconflow.ts'
import { tabby } from './tabby.ts'
import { textgen } from './textgen.ts'
import { tgi } from './tgi.ts'
import { together } from './together.ts'
import { vertex } from './vertex.ts'
import { vllm } from './vllm.ts'

const PROFILES: { readonly [Id in ServerId]: ServerProfile } = {
  openai,
  azure,
  ollama,
  llamacpp,
  vllm,
  sglang,
  mistral,
  vertex,
  inception,
  deepseek,
  lmstudio,
  litellm,
  localai,
  koboldcpp,
  textgen,
  'llama-cpp-python': llamaCppPython,
  tabby,
  tgi,
  together,
  fireworks,
  openrouter,
  siliconflow,
  'vscode-lm': languageModels,
  builtin,
}

/** The profile of a server. */
export function profileOf(id: ServerId): ServerProfile {
  return PROFILES[id]
}
