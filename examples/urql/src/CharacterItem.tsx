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

type Props = { group: FragmentType<typeof CharacterItemFragment>; onChoose: (id: string) => void };

export function CharacterItem({ group, onChoose }: Props) {
  const { id, groupId, name, looksCount, previewImageUrl } = unmask(CharacterItemFragment, group);
  return (
    <li>
      {/* Names are not unique: HeyGen's own id tells two of the same name apart. */}
      <button type="button" title={groupId} onClick={() => onChoose(id)}>
        {previewImageUrl && <img src={previewImageUrl} alt="" loading="lazy" width="64" height="64" />}
        {name}
      </button>
      <small>{looksCount} looks</small>
    </li>
  );
}
