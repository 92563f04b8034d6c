import assert from 'node:assert/strict'
import { isLoopback } from '../../../../src/completions/http/noProxy.ts'

suite('Completions: this machine', () => {
  const isThis = (url: string): boolean => isLoopback(new URL(url))

  test('is reached by its loopback names and addresses', () => {
    const urls = [
      'http://localhost:8080',
      'http://LOCALHOST',
      'http://ollama.localhost:11434',
      'http://127.0.0.1:1234',
      'http://127.1.2.3',
      'http://2130706433', // 127.0.0.1
      'http://[::1]:8080',
      'http://[0:0:0:0:0:0:0:1]',
      'http://0.0.0.0:8000',
    ]
    for (const url of urls) assert.ok(isThis(url), url)
  })

  test('is not a name that only looks like it', () => {
    const urls = [
      'http://localhost.example.com',
      'http://mylocalhost',
      'http://127.0.0.1.nip.io',
      'http://192.168.1.5:11434',
      'http://10.0.0.1',
      'http://[::2]',
      'http://gpu.local:8080',
      'https://api.example.com',
    ]
    for (const url of urls) assert.ok(!isThis(url), url)
  })
})
