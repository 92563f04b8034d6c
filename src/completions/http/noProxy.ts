import { BlockList, isIP } from 'node:net'

/** This computer, by any of its names. It is never reached through a proxy. */
export function isLoopback(url: URL): boolean {
  const host = hostOf(url)
  return /(^|\.)localhost$/.test(host) || isIn(host, LOOPBACK)
}

/**
 * Whether a list such as NO_PROXY contains the URL's host. `host` and `.suffix` match the name and
 * its subdomains, `*.suffix` only subdomains, `*` everything; each may end in `:port`. Addresses
 * are compared as addresses, with `/bits` as networks.
 */
export function isExcepted(url: URL, entries: readonly string[]): boolean {
  const host = hostOf(url)
  const port = url.port || (url.protocol === 'https:' ? '443' : '80')
  return entries.some((entry) => {
    const { name, only } = parseEntry(entry.trim().toLowerCase())
    return (only === undefined || only === port) && matches(name, host)
  })
}

const LOOPBACK = networks('127.0.0.0/8', '0.0.0.0/32', '::1/128', '::/128')

/** Removes the brackets of IPv6 and the final dot of an absolute name. */
function hostOf({ hostname }: URL): string {
  return hostname.replace(/^\[(.*)\]$/, '$1').replace(/(?<=.)\.$/, '')
}

function parseEntry(entry: string): { name: string; only: string | undefined } {
  const [, bracketed, after] = /^\[(.+)\](?::(\d+))?$/.exec(entry) ?? []
  if (bracketed !== undefined) return { name: bracketed, only: after }
  const [, name, only] = /^([^:]*)(?::(\d+))?$/.exec(entry) ?? []
  return { name: (name ?? entry).replace(/(?<=.)\.$/, ''), only }
}

function matches(name: string, host: string): boolean {
  if (name === '') return false
  if (name === '*') return true
  if (name.includes('/')) return isIn(host, networks(name))
  if (isIP(name) !== 0) return isIn(host, networks(`${name}/${isIP(name) === 6 ? 128 : 32}`))
  if (name.startsWith('*')) return host.endsWith(name.slice(1))
  return `.${host}`.endsWith(name.startsWith('.') ? name : `.${name}`)
}

function isIn(host: string, list: BlockList): boolean {
  const version = isIP(host)
  return version !== 0 && list.check(host, version === 6 ? 'ipv6' : 'ipv4')
}

/** Invalid networks are ignored: an invalid entry of NO_PROXY matches nothing. */
function networks(...all: readonly string[]): BlockList {
  const list = new BlockList()
  for (const each of all) {
    const [address = '', bits = ''] = each.split('/')
    const version = isIP(address)
    const valid = /^\d{1,3}$/.test(bits) && Number(bits) <= (version === 6 ? 128 : 32)
    if (version !== 0 && valid) {
      list.addSubnet(address, Number(bits), version === 6 ? 'ipv6' : 'ipv4')
    }
  }
  return list
}
