package heygen_test

import (
	"testing"

	"heygen-graphql/heygen"
)

func TestReadinessDependsOnTheStatusFirst(t *testing.T) {
	const (
		preview = `"preview_image_url":"https://files.heygen.ai/p.webp"`
		size    = `"image_width":1080,"image_height":1920`
		whole   = preview + "," + size
		failure = `"error":{"code":"c","message":"m"}`
	)
	ready := heygen.Readiness{State: heygen.Ready}
	not := func(reason heygen.ReadinessReason) heygen.Readiness {
		return heygen.Readiness{State: heygen.NotReady, Reason: reason}
	}
	unknown := heygen.Readiness{State: heygen.ReadinessUnknown, Reason: heygen.OtherReason}
	for fields, want := range map[string]heygen.Readiness{
		// Without a status there was nothing to train, whatever is missing.
		whole:                                           ready,
		`"status":null`:                                 ready,
		`"status":null,"error":null,` + whole:           ready,
		`"status":null,"preview_image_url":""`:          ready,
		`"status":null,"image_width":0,` + preview:      ready,
		`"status":null,"error":{},` + size:              ready, // an error that says nothing is none
		`"status":null,` + whole + `,` + failure:        not(heygen.NotTrainable),
		`"status":null,"error":{"message":"m"}`:         not(heygen.NotTrainable),
		`"preview_video_url":"v",` + failure:            not(heygen.NotTrainable),
		`"status":"processing"`:                         not(heygen.NotTrained),
		`"status":"processing",` + whole:                not(heygen.NotTrained), // the preview may show long before
		`"status":"processing",` + failure:              not(heygen.NotTrained),
		`"status":"pending_consent"`:                    not(heygen.NoConsent),
		`"status":"pending_consent",` + whole:           not(heygen.NoConsent),
		`"status":"pending_consent",` + failure:         not(heygen.NoConsent),
		`"status":"failed"`:                             not(heygen.NotTrainable),
		`"status":"failed",` + whole:                    not(heygen.NotTrainable),
		`"status":"failed",` + failure:                  not(heygen.NotTrainable),
		`"status":"completed",` + whole:                 ready,
		`"status":"completed",` + whole + `,` + failure: ready,

		`"status":"completed"`:                                                         not(heygen.NoPreview), // before the size
		`"status":"completed",` + size:                                                 not(heygen.NoPreview),
		`"status":"completed","preview_image_url":null,` + size:                        not(heygen.NoPreview),
		`"status":"completed","preview_image_url":"",` + size:                          not(heygen.NoPreview),
		`"status":"completed","preview_image_url":"","image_width":0`:                  not(heygen.NoPreview),
		`"status":"completed","preview_video_url":"https://files.heygen.ai/p",` + size: not(heygen.NoPreview), // an image it must be
		`"status":"completed",` + preview:                                              not(heygen.NoDimensions),
		`"status":"completed","image_width":1080,` + preview:                           not(heygen.NoDimensions),
		`"status":"completed","image_height":1920,` + preview:                          not(heygen.NoDimensions),
		`"status":"completed","image_width":null,"image_height":1920,` + preview:       not(heygen.NoDimensions),
		`"status":"completed","image_width":0,"image_height":1920,` + preview:          not(heygen.NoDimensions),
		`"status":"completed","image_width":1080,"image_height":0,` + preview:          not(heygen.NoDimensions),
		`"status":"completed","image_width":1,"image_height":1,` + preview:             ready,
		`"status":"archived",` + whole:                                                 unknown,
		`"status":"archived",` + failure:                                               unknown,
		`"status":"Completed",` + whole:                                                unknown,
		`"status":""`:                                                                  unknown,
		`"status":"complete",` + whole:                                                 unknown, // a voice's word
	} {
		look, err := getLook(t, ","+fields)
		if got := look.Readiness(); err != nil || got != want {
			t.Errorf("%s: %+v, want %+v, %v", fields, got, want, err)
		}
	}
}
