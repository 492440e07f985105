// Apollo Server, standalone, with RESTDataSource and dataloader.
import http from 'node:http'
import { ApolloServer } from '@apollo/server'
import { startStandaloneServer } from '@apollo/server/standalone'
import { RESTDataSource } from '@apollo/datasource-rest'
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
const { url } = await startStandaloneServer(server, {
  listen: { host: '127.0.0.1', port: 0 },
  context: async () => new Context(new HeyGen({ cache: server.cache })),
})
console.log(`listening on 127.0.0.1:${new URL(url).port}`)

process.stdin.on('end', () => process.exit()).resume() // the parent process has exited
