// Package sandbox is an in-memory HeyGen: an http.Handler that answers as HeyGen's REST API v3 does, out of a catalogue
// of avatar groups, their looks, and voices that is part of the binary. It needs no key, no network and no disk. It is as
// strict as HeyGen about keys, parameters and page tokens, it remembers what it was asked, and it misbehaves when told to.
//
// It knows avatar groups, looks, voices and a key probe, and nothing else of HeyGen: no videos. It makes and changes nothing
// over HTTP; a catalogue changes only through [Sandbox.Add], [Sandbox.AddLooks], [Sandbox.AddVoices] and their Removes, and,
// with Options.Training, as time passes. Without it, statuses stand still: what is processing never completes. Keys have no
// scopes, no owner and no rate; whoever may ask sees the same private groups, looks and voices. Page tokens never expire by
// themselves. Where HeyGen's documentation is silent (the order of a list, the code for an unknown group, the engines of a
// voice, the fields of a user), the sandbox makes a choice that a client must not rely on.
//
// Pictures are drawn: a preview image is an SVG portrait, a preview video the same portrait moving, and a look shows the
// face of its group in other clothes, before another background. Previews of photo avatars are signed: their URLs are made
// anew for each answer, and expire. A voice's sample is a WAV of a few notes, in which nobody speaks.
//
// Looks are in no file. They are made up from their groups, the same ones each time, when somebody first asks for one: as
// many as a group's looks_count says, which stays true whatever is added or removed. A few looks are of no group. Where a
// group is of a photo, its newest look has the group's id.
//
// In the catalogue each nullable field is null or absent in 5 to 40 % of the groups, and of the looks, so that a client meets
// both early. The exception is error: it is null or absent unless status is failed, and so in nearly all of them. Some
// default voices are gone, some samples have an address that no browser opens, some looks cannot be used although their
// preview shows, and some can although they have none.
//
// It never imports the HeyGen client: if both read their JSON keys from one struct, a misspelt key would be misspelt on
// both sides, and every test would pass.
//
//	box := sandbox.New(sandbox.Options{})
//	defer box.Close()
//	client := &http.Client{Transport: box.Transport()}
//	request, _ := http.NewRequest("GET", "http://sandbox/v3/avatars?limit=5", nil)
//	request.Header.Set("X-Api-Key", "any")
//	response, err := client.Do(request)
package sandbox
