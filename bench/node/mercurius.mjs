// mercurius with its JIT, on fastify, over undici. With COMPRESS, responses are compressed
// by @fastify/compress with its defaults.
import compress from '@fastify/compress'
import Fastify from 'fastify'
import mercurius from 'mercurius'
import { Pool } from 'undici'
import { Context, resolvers, schema } from './schema.mjs'

const upstream = new Pool(process.env.UPSTREAM, { connections: 256 })
const headers = { 'x-api-key': process.env.HEYGEN_API_KEY, accept: 'application/json' }

async function get(path) {
  const { statusCode, body } = await upstream.request({ method: 'GET', path, headers })
  if (statusCode !== 200) throw new Error(`HeyGen returned ${statusCode}: ${await body.text()}`)
  return body.json()
}

const after = (token) => (token ? `&token=${encodeURIComponent(token)}` : '')
const heygen = {
  groups: (token, limit) => get(`/v3/avatars?limit=${limit}${after(token)}`),
  group: async (id) => (await get(`/v3/avatars/${encodeURIComponent(id)}`)).data,
  looks: (group, token, limit) =>
    get(`/v3/avatars/looks?group_id=${encodeURIComponent(group)}&limit=${limit}${after(token)}`),
  voice: async (id) => (await get(`/v3/voices/${encodeURIComponent(id)}`)).data,
}

const app = Fastify()
if (process.env.COMPRESS) await app.register(compress)
app.register(mercurius, { schema, resolvers, jit: 1, context: () => new Context(heygen) })
await app.listen({ host: '127.0.0.1', port: 0 })
console.log(`listening on 127.0.0.1:${app.server.address().port}`)

process.stdin.on('end', () => process.exit()).resume() // the parent process has exited
