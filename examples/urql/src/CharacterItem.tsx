import { type FragmentType, graphql, unmask } from './generated';

const CharacterItemFragment = graphql(`
  fragment CharacterItem_group on AvatarGroup {
    id
    groupId
    name
    looksCount
    previewImageUrl
  }
`);

type Props = { group: FragmentType<typeof CharacterItemFragment>; onSelect: (id: string) => void };

export function CharacterItem({ group, onSelect }: Props) {
  const { id, groupId, name, looksCount, previewImageUrl } = unmask(CharacterItemFragment, group);
  return (
    <li>
      {/* Names are not unique: HeyGen's own id in the title distinguishes characters with the same name. */}
      <button type="button" title={groupId} onClick={() => onSelect(id)}>
        {previewImageUrl && <img src={previewImageUrl} alt="" loading="lazy" width="64" height="64" />}
        {name}
      </button>
      <small>{looksCount} looks</small>
    </li>
  );
}
