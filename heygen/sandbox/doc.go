// Package sandbox is an in-memory HeyGen: an http.Handler that answers as HeyGen's REST API v3 does, out of a catalogue
// of avatar groups, their looks, and voices that is part of the binary. It needs no key, no network and no disk. It is as strict as HeyGen about
// keys, parameters and page tokens, it remembers what it was asked, and it misbehaves when told to.
//
// It knows avatar groups, looks, voices and a key probe, and nothing else of HeyGen: no videos. It makes and changes
// nothing over HTTP; a catalogue changes only through [Sandbox.Add] and [Sandbox.Remove]. Statuses stand still: what is
// processing never completes. Keys have no scopes, no owner and no rate; whoever may ask sees the same private groups.
// Page tokens never expire by themselves. Picture addresses are not signed, and the pictures are drawn: a preview image is
// an SVG portrait, a preview video the same portrait moving. Where HeyGen's documentation is silent (the order of a list,
// the code for an unknown group, the fields of a user), the sandbox makes a choice that a client must not rely on.
//
// In the catalogue each nullable field is null or absent in 5 to 40 % of the groups, so that a client meets both early. The
// exception is error: it is null or absent unless status is failed, and so in nearly all groups.
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
