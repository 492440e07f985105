import { describe, expect, it } from 'vitest';
import { formatView, historyAction, parseView } from '../../src/gallery/url';
import type { PickerView } from '../../src/picker';

const FIRST_SCREEN: PickerView = {
  search: '', gender: [], status: [], ownership: null, order: 'relevance',
  lookSearch: '', orientation: null, readyOnly: false, groupId: null, lookId: null, voiceId: null,
};

describe('the URL of a view', () => {
  it('is empty for the first screen', () => {
    expect(formatView(FIRST_SCREEN)).toBe('');
    expect(parseView('')).toEqual(FIRST_SCREEN);
  });

  it('is readable', () => {
    const view = { ...FIRST_SCREEN, search: 'mónica', gender: ['MALE', 'FEMALE'], groupId: 'group_monica' } satisfies PickerView;
    expect(formatView(view)).toBe('?q=m%C3%B3nica&gender=FEMALE,MALE&character=group_monica');
  });

  it.each<Partial<PickerView>>([
    { search: 'a&b=c#d?e+f%20"g" <h>' },
    { search: '日本 🎬' },
    { gender: ['FEMALE', 'MALE', 'OTHER', 'UNKNOWN'] },
    { status: ['COMPLETED', 'PROCESSING', 'PENDING_CONSENT', 'FAILED', 'UNKNOWN'] },
    { ownership: 'public' },
    { ownership: 'private' },
    { order: 'name' },
    { order: 'newest' },
    { order: 'looks' },
    { lookSearch: 'office & street', orientation: 'landscape', readyOnly: true },
    { groupId: 'g', lookId: 'l', voiceId: 'v & w' },
    { groupId: 'group&look=x' },
    { groupId: 'g', lookId: "it's %2C, 100% é" },
    { search: 'x', gender: ['OTHER'], status: ['FAILED'], ownership: 'private', order: 'name', groupId: 'g', lookId: 'l' },
  ])('round-trips %j', (fields) => {
    const view = { ...FIRST_SCREEN, ...fields };
    expect(parseView(formatView(view))).toEqual(view);
  });

  it.each([
    '?gender=female&status=DONE&ownership=PUBLIC&order=constructor',
    '?gender=__proto__,toString&status=,,&ownership=&order=',
    '?q=%20%20&character=&look=&looks=%20',
    '?orientation=LANDSCAPE&ready=1&looks=%00',
    '?q=%00&character=a%0Ab&look=%1B',
    '?character=%E0%A4%A&look=%FF',
    `?q=${'x'.repeat(101)}&character=${'x'.repeat(257)}&look=${'x'.repeat(1e6)}`,
    '?Q=x&search=x&lookId=x&token=secret&__proto__=x',
    '?%',
  ])('ignores malformed and unknown values: %.60s', (query) => {
    expect(parseView(query)).toEqual(FIRST_SCREEN);
  });

  it('filters the known ones of several values, each once, in one order', () => {
    expect(parseView('?gender=MALE,x,FEMALE,MALE,').gender).toEqual(['FEMALE', 'MALE']);
    expect(parseView('?look=first&look=second').lookId).toBe('first');
  });
});

describe('the history of a view', () => {
  it('replaces the entry when search, filters or order change', () => {
    expect(historyAction(FIRST_SCREEN, { ...FIRST_SCREEN, search: 'm' })).toBe('replace');
    expect(historyAction(FIRST_SCREEN, { ...FIRST_SCREEN, gender: ['MALE'], order: 'name' })).toBe('replace');
  });

  it('pushes an entry when a character is opened or closed, and when a look is chosen', () => {
    const open = { ...FIRST_SCREEN, groupId: 'g' };
    expect(historyAction(FIRST_SCREEN, open)).toBe('push');
    expect(historyAction(open, { ...open, lookId: 'l' })).toBe('push');
    expect(historyAction(open, FIRST_SCREEN)).toBe('push');
  });

  it('does nothing when the URL stays the same', () => {
    expect(historyAction({ ...FIRST_SCREEN, search: 'm ' }, { ...FIRST_SCREEN, search: 'm' })).toBeNull();
  });
});
