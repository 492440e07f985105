import { type FragmentType, gql, type TypedDocumentNode } from '@apollo/client';
import { useFragment } from '@apollo/client/react';
import type { CharacterItem_GroupFragment } from './generated/types';

export const CHARACTER_ITEM_FRAGMENT: TypedDocumentNode<CharacterItem_GroupFragment> = gql`
  fragment CharacterItem_group on AvatarGroup {
    id
    groupId
    name
    looksCount
    previewImageUrl
  }
`;

type Props = { group: FragmentType<CharacterItem_GroupFragment>; onSelect: (id: string) => void };

export function CharacterItem({ group, onSelect }: Props) {
  const { data, complete } = useFragment({ fragment: CHARACTER_ITEM_FRAGMENT, from: group });
  if (!complete) return null;
  return (
    <li>
      {/* Names are not unique: HeyGen's own id in the title distinguishes characters with the same name. */}
      <button type="button" title={data.groupId} onClick={() => onSelect(data.id)}>
        {data.previewImageUrl && <img src={data.previewImageUrl} alt="" loading="lazy" width="64" height="64" />}
        {data.name}
      </button>
      <small>{data.looksCount} looks</small>
    </li>
  );
}
