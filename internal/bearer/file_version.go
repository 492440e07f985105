package bearer

import "os"

// fileVersion identifies a state of a file by inode, size and modification time.
// The zero value: the file does not exist.
type fileVersion struct{ info os.FileInfo }

func versionOf(path string) fileVersion {
	info, err := os.Stat(path)
	if err != nil {
		return fileVersion{}
	}
	return fileVersion{info}
}

func (v fileVersion) equal(other fileVersion) bool {
	if v.info == nil || other.info == nil {
		return v.info == other.info
	}
	return os.SameFile(v.info, other.info) && v.info.Size() == other.info.Size() && v.info.ModTime().Equal(other.info.ModTime())
}
