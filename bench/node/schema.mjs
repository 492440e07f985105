// The schema, and resolvers over a HeyGen client with the methods groups, group, looks
// and voice. Both Node servers use them; only their clients differ.
import { readFileSync } from 'node:fs'
import DataLoader from 'dataloader'
import { page } from './paging.mjs'

export const schema = readFileSync(new URL('../schema.graphqls', import.meta.url), 'utf8')

const globalID = (type, id) => Buffer.from(`${type}:${id}`).toString('base64url')
const dateTime = (seconds) => new Date(seconds * 1000).toISOString().replace('.000Z', 'Z')

const toGroup = (g) => ({
  id: globalID('AvatarGroup', g.id),
  groupId: g.id,
  name: g.name,
  gender: g.gender,
  previewImageUrl: g.preview_image_url,
  previewVideoUrl: g.preview_video_url,
  looksCount: g.looks_count,
  defaultVoiceId: g.default_voice_id,
  consentStatus: g.consent_status,
  status: g.status?.toUpperCase(),
  error: g.error,
  createdAt: dateTime(g.created_at),
})

const toLook = (l) => ({
  id: globalID('AvatarLook', l.id),
  lookId: l.id,
  name: l.name,
  previewImageUrl: l.preview_image_url,
  previewVideoUrl: l.preview_video_url,
})

const toVoice = (v) => ({
  id: globalID('Voice', v.voice_id),
  voiceId: v.voice_id,
  name: v.name,
  language: v.language,
  gender: v.gender,
  previewAudioUrl: v.preview_audio_url,
  supportPause: v.support_pause,
})

// The context of one request: the client, and loaders that fetch each resource once.
export class Context {
  constructor(heygen) {
    this.heygen = heygen
    const loader = (fetchOne) =>
      new DataLoader((ids) => Promise.all(ids.map((id) => fetchOne(id).catch((error) => error))))
    this.group = loader((id) => heygen.group(id).then(toGroup))
    this.voice = loader((id) => heygen.voice(id).then(toVoice))
  }
}

export const resolvers = {
  Query: {
    avatarGroup: (_, { id }, context) => context.group.load(id),
    avatarGroups: (_, args, { heygen }) =>
      page(args, (token, limit) => heygen.groups(token, limit), toGroup),
  },
  AvatarGroup: {
    looks: (g, args, { heygen }) =>
      page(args, (token, limit) => heygen.looks(g.groupId, token, limit), toLook),
    defaultVoice: (g, _, context) => g.defaultVoiceId && context.voice.load(g.defaultVoiceId),
  },
}
