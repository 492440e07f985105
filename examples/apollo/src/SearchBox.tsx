type Props = { value: string; onChange: (value: string) => void };

// The server accepts at most 100 characters.
export function SearchBox({ value, onChange }: Props) {
  return (
    <label>
      Search <input type="search" maxLength={100} value={value} onChange={(event) => onChange(event.target.value)} />
    </label>
  );
}
