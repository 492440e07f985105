import { byId, element, setMessage } from './dom';
import type { PageLanguage } from './language';

// bindBanner translates the page's title and its banner, which the server renders in English.
export function bindBanner(config: { sandbox: boolean; credential: string; upstream: string }, language: PageLanguage): void {
  const { sandbox, credential, upstream } = config;
  const heading = byId('banner-heading', HTMLElement);
  const source = byId('banner-source', HTMLElement);
  const sandboxHeading = credential === '' ? 'bannerSandboxWithoutKey' : 'bannerSandbox';
  language.bind(() => {
    const { t } = language;
    document.title = t('title', { mode: t(sandbox ? 'modeSandbox' : 'modeLive') });
    heading.textContent = t(sandbox ? sandboxHeading : 'bannerLive');
    setMessage(source, t(sandbox ? 'sourceSandbox' : 'sourceLive'), { host: element('bdi', { dir: 'ltr' }, upstream) });
  });
}
