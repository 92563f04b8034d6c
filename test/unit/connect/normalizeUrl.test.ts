import assert from 'node:assert/strict'
import { normalizeUrl, type Pasted } from '../../../src/connect/normalizeUrl.ts'

function urls(text: string): readonly string[] {
  const pasted = normalizeUrl(text)
  return 'fault' in pasted ? [`fault: ${pasted.fault}`] : pasted.urls
}

/** What is pasted → the base URLs that are tried, in their order */
const cases: readonly [pasted: string, ...urls: string[]][] = [
  // The path says where the API is.
  ['http://127.0.0.1:11434/v1', 'http://127.0.0.1:11434/v1'],
  ['http://127.0.0.1:11434/v1/', 'http://127.0.0.1:11434/v1'],
  ['http://localhost:8000/v1/chat/completions', 'http://localhost:8000/v1'],
  ['http://localhost:8000/v1/completions', 'http://localhost:8000/v1'],
  ['http://localhost:8000/v1/models', 'http://localhost:8000/v1'],
  ['https://api.example.com/v1/fim/completions', 'https://api.example.com/v1'],
  ['https://api.example.com/v1/embeddings', 'https://api.example.com/v1'],
  ['http://localhost:11434/api/generate', 'http://localhost:11434/v1'],
  ['http://localhost:11434/api/tags', 'http://localhost:11434/v1'],
  ['http://localhost:11434/api', 'http://localhost:11434/v1'],
  ['https://example.com/v1beta/openai/', 'https://example.com/v1beta/openai'],
  ['https://example.com//v1//', 'https://example.com/v1'],
  ['HTTPS://Example.COM/v1', 'https://example.com/v1'],
  // No scheme
  ['localhost:11434', 'http://localhost:11434/v1'],
  ['localhost:11434/v1', 'http://localhost:11434/v1'],
  ['127.0.0.1:1234/v1/models', 'http://127.0.0.1:1234/v1'],
  ['192.168.1.7:8000/v1', 'http://192.168.1.7:8000/v1'],
  ['gpu.local/v1', 'http://gpu.local/v1'],
  ['api.example.com/v1', 'https://api.example.com/v1'],
  ['api.example.com:443/v1', 'https://api.example.com/v1'],
  ['api.example.com:8443/v1', 'https://api.example.com:8443/v1'],
  ['[::1]:8000/v1', 'http://[::1]:8000/v1'],
  // No path: both places are tried.
  ['localhost:8080', 'http://localhost:8080/v1', 'http://localhost:8080'],
  ['http://127.0.0.1:8080/', 'http://127.0.0.1:8080/v1', 'http://127.0.0.1:8080'],
  ['http://127.0.0.1:8080/completions', 'http://127.0.0.1:8080/v1', 'http://127.0.0.1:8080'],
  ['http://127.0.0.1:8080/infill', 'http://127.0.0.1:8080/v1', 'http://127.0.0.1:8080'],
  ['https://example.com/llm', 'https://example.com/llm/v1', 'https://example.com/llm'],
  ['localhost', 'http://localhost/v1', 'http://localhost'],
  // Addresses that servers print and nothing can connect to
  ['http://0.0.0.0:8000', 'http://127.0.0.1:8000/v1'],
  ['0.0.0.0:8000/v1', 'http://127.0.0.1:8000/v1'],
  ['http://[::]:8000/v1', 'http://[::1]:8000/v1'],
  ['0.0.0.0', 'http://127.0.0.1/v1', 'http://127.0.0.1'],
  // Quotes, spaces, and words around it
  ['  http://localhost:11434/v1  ', 'http://localhost:11434/v1'],
  ['http://localhost:11434 /v1', 'http://localhost:11434/v1'],
  ['"http://localhost:11434/v1"', 'http://localhost:11434/v1'],
  ["'http://localhost:11434/v1',", 'http://localhost:11434/v1'],
  ['`http://localhost:11434/v1`', 'http://localhost:11434/v1'],
  ['<http://localhost:11434/v1>', 'http://localhost:11434/v1'],
  ['\u200bhttp://localhost:11434/v1\ufeff', 'http://localhost:11434/v1'],
  ['OPENAI_BASE_URL=http://localhost:11434/v1', 'http://localhost:11434/v1'],
  ['export OPENAI_BASE_URL="http://localhost:11434/v1"', 'http://localhost:11434/v1'],
  ['"baseURL": "https://api.example.com/v1",', 'https://api.example.com/v1'],
  ['base_url="https://api.example.com/v1"', 'https://api.example.com/v1'],
  ['OLLAMA_HOST=0.0.0.0:11434', 'http://127.0.0.1:11434/v1'],
  ['Uvicorn running on http://0.0.0.0:8000 (Press CTRL+C to quit)', 'http://127.0.0.1:8000/v1'],
  ['[API](https://api.example.com/v1)', 'https://api.example.com/v1'],
  // Services of which the path is known
  ['api.openai.com', 'https://api.openai.com/v1'],
  ['https://openrouter.ai/api', 'https://openrouter.ai/api/v1'],
  ['https://api.deepseek.com', 'https://api.deepseek.com'],
  ['https://codestral.mistral.ai', 'https://codestral.mistral.ai/v1'],
  // Azure, and queries
  ['https://r.openai.azure.com/', 'https://r.openai.azure.com'],
  [
    'https://r.openai.azure.com/openai/deployments/d/completions?api-version=2024-10-21',
    'https://r.openai.azure.com/openai/deployments/d?api-version=2024-10-21',
  ],
  ['https://r.openai.azure.com/openai/v1/', 'https://r.openai.azure.com/openai/v1'],
  ['https://example.com/v1?team=a', 'https://example.com/v1?team=a'],
  ['https://example.com/v1#top', 'https://example.com/v1'],
  // Secrets would be stored as plain text.
  ['https://me:hunter2@example.com/v1', 'fault: hasSecret'],
  ['https://example.com/v1?api_key=sk-123', 'fault: hasSecret'],
  ['https://example.com/v1?key=abc', 'fault: hasSecret'],
  // No URL
  ['', 'fault: notUrl'],
  ['   ', 'fault: notUrl'],
  ['ollama', 'fault: notUrl'],
  ['what is a URL?', 'fault: notUrl'],
  ['ftp://example.com', 'fault: notUrl'],
  ['sk-proj-abcdefg', 'fault: notUrl'],
  ['me@example.com', 'fault: notUrl'],
]

suite('a pasted URL', () => {
  for (const [pasted, ...expected] of cases) {
    test(`${JSON.stringify(pasted)} → ${expected.join(', else ')}`, () => {
      assert.deepEqual(urls(pasted), expected)
    })
  }
})

suite('a pasted curl command', () => {
  const url = 'http://localhost:8000/v1'
  const commands: readonly [command: string, pasted: Pasted][] = [
    [`curl ${url}/completions`, { urls: [url] }],
    ['curl localhost:11434/api/tags', { urls: ['http://localhost:11434/v1'] }],
    [`$ curl -s -X POST ${url}/completions`, { urls: [url] }],
    [`curl -XPOST --url=${url}/completions`, { urls: [url] }],
    [
      `curl ${url}/completions \\\n  -H "Content-Type: application/json" \\\n  -d '{"model": "m", "prompt": "it'\\''s"}'`,
      { urls: [url], model: 'm' },
    ],
    // A one-line field joins the lines with their backslashes.
    [
      `curl ${url}/chat/completions \\   -H 'Authorization: Bearer sk-9a8b7c' \\   -d '{"model":"m"}'`,
      { urls: [url], apiKey: 'sk-9a8b7c', model: 'm' },
    ],
    [`curl -H "api-key: 0123abcd" "${url}"`, { urls: [url], apiKey: '0123abcd' }],
    [`curl --header "x-api-key: 0123abcd" -o out ${url}`, { urls: [url], apiKey: '0123abcd' }],
    [`curl ${url} -H "Authorization: Bearer $OPENAI_API_KEY"`, { urls: [url] }],
    [`curl ${url} -H "Authorization: Bearer <token>"`, { urls: [url] }],
    [`curl ${url} -H "Authorization: Bearer YOUR_API_KEY"`, { urls: [url] }],
    [`curl ${url} -d not-json`, { urls: [url] }],
    [`curl ${url} -d @request.json`, { urls: [url] }],
    ['curl --help', { fault: 'notUrl' }],
    ['curl', { fault: 'notUrl' }],
    ['curl -u me:pw https://me:pw@example.com/v1', { fault: 'hasSecret' }],
  ]
  for (const [command, pasted] of commands) {
    test(JSON.stringify(command), () => assert.deepEqual(normalizeUrl(command), pasted))
  }
})
