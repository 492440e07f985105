import { type FragmentType, gql, type TypedDocumentNode } from '@apollo/client';
import { useFragment } from '@apollo/client/react';
import type { CharacterItem_GroupFragment } from './generated/types';

export const CHARACTER_ITEM: TypedDocumentNode<CharacterItem_GroupFragment> = gql`
  fragment CharacterItem_group on AvatarGroup {
    id
    groupId
    name
    looksCount
    previewImageUrl
  }
`;

type Props = { group: FragmentType<CharacterItem_GroupFragment>; onChoose: (id: string) => void };

export function CharacterItem({ group, onChoose }: Props) {
  const { data, complete } = useFragment({ fragment: CHARACTER_ITEM, from: group });
  if (!complete) return null;
  return (
    <li>
      {/* Names are not unique: HeyGen's own id tells two of the same name apart. */}
      <button type="button" title={data.groupId} onClick={() => onChoose(data.id)}>
        {data.previewImageUrl && <img src={data.previewImageUrl} alt="" loading="lazy" width="64" height="64" />}
        {data.name}
      </button>
      <small>{data.looksCount} looks</small>
    </li>
  );
}
