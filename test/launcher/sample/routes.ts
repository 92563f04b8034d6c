type Handler = (parameters: URLSearchParams) => Response

const routes = new Map<string, Handler>()

routes.set('/customers', (parameters) => {
  const number = Number(parameters.get('number'))
  if (!Number.isInteger(number)) return new Response('number: an integer', { status: 400 })
  return Response.json({ kind: 'customer', number })
})

routes.set('/orders', (parameters) => {
  const number = Number(parameters.get('number'))
  if (!Number.isInteger(number)) return new Response('number: an integer', { status: 400 })
  return Response.json({ kind: 'order', number })
})

// Try it here: type `routes.set('/shipments', (` below and press the key.

export function answer(url: URL): Response {
  const handler = routes.get(url.pathname)
  return handler?.(url.searchParams) ?? new Response('not found', { status: 404 })
}
