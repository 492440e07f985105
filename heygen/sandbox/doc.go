// Package sandbox is an in-memory fake of HeyGen: an http.Handler that implements HeyGen's REST API v3 on an embedded
// catalogue of avatar groups, their looks, and voices. It needs no key, no network and no disk. It is as strict as HeyGen
// about keys, parameters and page tokens, it records its calls, and it injects faults on demand.
//
// It implements avatar groups, looks, voices, a key probe and webhooks, and nothing else of HeyGen: no videos. Nothing but
// webhook endpoints can be modified over HTTP; a catalogue changes only through [Sandbox.AddGroups], [Sandbox.AddLooks], [Sandbox.AddVoices] and the matching Remove
// methods, and, with Options.TrainingDuration and Options.LookLifetime, as time passes. Without the first, statuses never change:
// what is processing never completes. Keys have no scopes, no owner and no rate limit; every accepted key sees the same private
// groups, looks and voices. A page token expires only with the item that it names. Where HeyGen's documentation is silent (the order of a list, the
// engines of a voice, the fields of a user), the sandbox makes a choice that a client must not rely on.
//
// Pictures are generated: a preview image is an SVG portrait, a preview video is the same portrait animated, and a look shows
// the face of its group in other clothes, against another background. Previews of photo avatars are signed: their URLs are
// generated for each response, and expire. The sample of a voice is a WAV file of a few notes, without speech.
//
// Looks are in no file. They are generated from their groups on first use, the same ones each time: as many as the
// looks_count of a group, which stays correct whatever is added or removed. A few looks have no group. The newest look of
// a photo group has the id of its group.
//
// With Options.GroupCount there are fewer groups, or up to 100,000: those beyond the catalogue are generated on first use.
//
// In the catalogue each nullable field is null or absent in 5 to 40 % of the groups, and of the looks, so that a client meets
// both early. The exception is error: it is null or absent unless status is failed, and so in nearly all of them. Some
// default voices do not exist, some samples have a URL that no browser can open, some looks cannot be used although they have
// a preview, and some can although they have none.
//
// Some of what customers type is as HeyGen has it: a few names of private groups, looks and voices begin or end with white
// space, gender is free text, and most private voices have the language "unknown", so that a filter by language hides them. The
// group [UnusualGroupID] has looks with unusual values, and the looks of [ShortLivedGroupID] can be replaced as time passes. Where
// consent is rejected, training has failed.
//
// Webhooks are POST, GET and DELETE at /v3/webhooks/endpoints. With Options.TrainingDuration, the end of the training of a group
// or a look is delivered to each endpoint within a second: photo_avatar_train.success or .fail with group_id and look_id if it
// is a photo avatar, else instant_avatar.success or .fail with avatar_group_id and avatar_id. HeyGen documents no fields of
// these events: a client must not rely on the names. The looks of generated groups cause no events. URLs are of loopback hosts, so that
// a sandbox that is served to others cannot send requests elsewhere. There are at most 10 endpoints, 4 deliveries in flight,
// and 3 attempts of 2 s, one and two seconds apart; redirects are not followed.
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
