import { Client, fetchExchange } from 'urql';
import { createCache } from './cache';

export function createClient(url: string) {
  return new Client({
    url,
    exchanges: [createCache(), fetchExchange],
    // Some documents are too long for a URL, so every request is a POST.
    preferGetMethod: false,
    // Subscriptions are event streams, which fetchExchange reads without another library.
    fetchSubscriptions: true,
  });
}
