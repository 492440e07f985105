// The schema, and resolvers over a client of HeyGen that has groups, group, looks
// and voice. Both servers use them as they are; only their clients differ.
import { readFileSync } from 'node:fs'
import DataLoader from 'dataloader'
import { page } from './paging.mjs'

export const schema = readFileSync(new URL('../schema.graphqls', import.meta.url), 'utf8')

const globalID = (type, id) => Buffer.from(`${type}:${id}`).toString('base64url')
const moment = (seconds) => new Date(seconds * 1000).toISOString().replace('.000Z', 'Z')

const groupOf = (g) => ({
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
  createdAt: moment(g.created_at),
})

const lookOf = (l) => ({
  id: globalID('AvatarLook', l.id),
  lookId: l.id,
  name: l.name,
  previewImageUrl: l.preview_image_url,
  previewVideoUrl: l.preview_video_url,
})

const voiceOf = (v) => ({
  id: globalID('Voice', v.voice_id),
  voiceId: v.voice_id,
  name: v.name,
  language: v.language,
  gender: v.gender,
  previewAudioUrl: v.preview_audio_url,
  supportPause: v.support_pause,
})

// What lives as long as one request: the client, and loaders that fetch each
// thing once.
export class Context {
  constructor(heygen) {
    this.heygen = heygen
    const each = (fetch) =>
      new DataLoader((ids) => Promise.all(ids.map((id) => fetch(id).catch((failed) => failed))))
    this.group = each((id) => heygen.group(id).then(groupOf))
    this.voice = each((id) => heygen.voice(id).then(voiceOf))
  }
}

export const resolvers = {
  Query: {
    avatarGroup: (_, { id }, context) => context.group.load(id),
    avatarGroups: (_, args, { heygen }) =>
      page(args, (token, limit) => heygen.groups(token, limit), groupOf),
  },
  AvatarGroup: {
    looks: (g, args, { heygen }) =>
      page(args, (token, limit) => heygen.looks(g.groupId, token, limit), lookOf),
    defaultVoice: (g, _, context) => g.defaultVoiceId && context.voice.load(g.defaultVoiceId),
  },
}
