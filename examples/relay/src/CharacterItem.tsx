import { graphql, useFragment } from 'react-relay';
import type { CharacterItem_group$key } from './__generated__/CharacterItem_group.graphql';

export function CharacterItem({ group, onSelect }: { group: CharacterItem_group$key; onSelect: () => void }) {
  const { name, looksCount, previewImageUrl } = useFragment(
    graphql`
      fragment CharacterItem_group on AvatarGroup {
        name
        looksCount
        previewImageUrl
      }
    `,
    group,
  );
  return (
    <li>
      <button onClick={onSelect}>
        {previewImageUrl && <img src={previewImageUrl} alt="" loading="lazy" />}
        <strong>{name}</strong> <span>{`${looksCount} looks`}</span>
      </button>
    </li>
  );
}
