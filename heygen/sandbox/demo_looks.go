package sandbox

import "time"

const demoGroupID = "group_monica"

// demoLooks returns the looks that documentation can show. They are written by hand, come first in the list of all looks,
// and their ids never change. The third cannot be used yet, although it has a preview.
func demoLooks() []*entry[Look] {
	g, _ := catalogueGroups().byID[demoGroupID]
	look := func(id, name, status, orientation string, width, height int, tags ...string) *entry[Look] {
		return newEntry(Look{
			ID: id, Name: name, GroupID: new(demoGroupID), Ownership: Public, AvatarType: StudioAvatar,
			Gender:               new("female"),
			PreviewImageURL:      new(previewPath(lookImages, id)),
			PreviewVideoURL:      new(previewPath(lookVideos, id)),
			DefaultVoiceID:       clonePointer(g.value.DefaultVoiceID),
			Tags:                 tags,
			SupportedAPIEngines:  []string{"avatar_iii", "avatar_iv"},
			ImageWidth:           &width,
			ImageHeight:          &height,
			PreferredOrientation: &orientation,
			Status:               &status,
			CreatedAt:            g.value.CreatedAt,
		}, time.Time{})
	}
	return []*entry[Look]{ // all of one second, so ordered by id
		look("monica_office", "Monica, office", completed, "landscape", 1920, 1080, "business", "indoor"),
		look("monica_sofa", "Monica, sofa", completed, "portrait", 1080, 1920, "casual", "indoor"),
		look("monica_street", "Monica, street", processing, "portrait", 1080, 1920, "casual", "outdoor", "new"),
	}
}
