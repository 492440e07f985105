// Apollo Server with RESTDataSource and dataloader: standalone, or with COMPRESS on Express,
// as the standalone server cannot compress responses.
import http from 'node:http'
import { ApolloServer } from '@apollo/server'
import { startStandaloneServer } from '@apollo/server/standalone'
import { expressMiddleware } from '@as-integrations/express5'
import { RESTDataSource } from '@apollo/datasource-rest'
import compression from 'compression'
import express from 'express'
import { Context, resolvers, schema } from './schema.mjs'

// Without an agent, RESTDataSource closes each connection.
const agent = new http.Agent({ keepAlive: true, maxSockets: 256 })

class HeyGen extends RESTDataSource {
  baseURL = process.env.UPSTREAM
  willSendRequest(_path, request) {
    request.headers['x-api-key'] = process.env.HEYGEN_API_KEY
    request.agent = agent
  }
  groups(token, limit) {
    return this.get('/v3/avatars', { params: { limit: String(limit), token: token || undefined } })
  }
  async group(id) {
    return (await this.get(`/v3/avatars/${encodeURIComponent(id)}`)).data
  }
  looks(group, token, limit) {
    return this.get('/v3/avatars/looks', { params: { group_id: group, limit: String(limit), token: token || undefined } })
  }
  async voice(id) {
    return (await this.get(`/v3/voices/${encodeURIComponent(id)}`)).data
  }
}

const server = new ApolloServer({ typeDefs: schema, resolvers })
const context = async () => new Context(new HeyGen({ cache: server.cache }))

async function startOnExpress() {
  await server.start()
  const app = express().use(compression(), express.json(), expressMiddleware(server, { context }))
  const running = http.createServer(app)
  await new Promise((resolve) => running.listen({ host: '127.0.0.1', port: 0 }, resolve))
  return running.address().port
}

async function startStandalone() {
  const { url } = await startStandaloneServer(server, { listen: { host: '127.0.0.1', port: 0 }, context })
  return new URL(url).port
}

const port = process.env.COMPRESS ? await startOnExpress() : await startStandalone()
console.log(`listening on 127.0.0.1:${port}`)

process.stdin.on('end', () => process.exit()).resume() // the parent process has exited
