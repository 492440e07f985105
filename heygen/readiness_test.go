package heygen_test

import (
	"testing"

	"heygen-graphql/heygen"
)

func TestReadinessDependsOnTheStatusFirst(t *testing.T) {
	const (
		preview  = `"preview_image_url":"https://files.heygen.ai/p.webp"`
		size     = `"image_width":1080,"image_height":1920`
		complete = preview + "," + size
		failure  = `"error":{"code":"c","message":"m"}`
	)
	ready := heygen.Readiness{State: heygen.Ready}
	notReady := func(reason heygen.ReadinessReason) heygen.Readiness {
		return heygen.Readiness{State: heygen.NotReady, Reason: reason}
	}
	unknown := heygen.Readiness{State: heygen.ReadinessUnknown, Reason: heygen.OtherReason}
	for fields, want := range map[string]heygen.Readiness{
		// Without a status there was nothing to train, whatever fields are absent.
		complete:                                           ready,
		`"status":null`:                                    ready,
		`"status":null,"error":null,` + complete:           ready,
		`"status":null,"preview_image_url":""`:             ready,
		`"status":null,"image_width":0,` + preview:         ready,
		`"status":null,"error":{},` + size:                 ready, // an empty error is none
		`"status":null,` + complete + `,` + failure:        notReady(heygen.NotTrainable),
		`"status":null,"error":{"message":"m"}`:            notReady(heygen.NotTrainable),
		`"preview_video_url":"v",` + failure:               notReady(heygen.NotTrainable),
		`"status":"processing"`:                            notReady(heygen.NotTrained),
		`"status":"processing",` + complete:                notReady(heygen.NotTrained), // the preview may exist long before
		`"status":"processing",` + failure:                 notReady(heygen.NotTrained),
		`"status":"pending_consent"`:                       notReady(heygen.NoConsent),
		`"status":"pending_consent",` + complete:           notReady(heygen.NoConsent),
		`"status":"pending_consent",` + failure:            notReady(heygen.NoConsent),
		`"status":"failed"`:                                notReady(heygen.NotTrainable),
		`"status":"failed",` + complete:                    notReady(heygen.NotTrainable),
		`"status":"failed",` + failure:                     notReady(heygen.NotTrainable),
		`"status":"completed",` + complete:                 ready,
		`"status":"completed",` + complete + `,` + failure: ready,

		`"status":"completed"`:                                                         notReady(heygen.NoPreview), // before the size
		`"status":"completed",` + size:                                                 notReady(heygen.NoPreview),
		`"status":"completed","preview_image_url":null,` + size:                        notReady(heygen.NoPreview),
		`"status":"completed","preview_image_url":"",` + size:                          notReady(heygen.NoPreview),
		`"status":"completed","preview_image_url":"s3://bucket/image.webp",` + size:    notReady(heygen.NoPreview), // not served
		`"status":"completed","preview_image_url":"","image_width":0`:                  notReady(heygen.NoPreview),
		`"status":"completed","preview_video_url":"https://files.heygen.ai/p",` + size: notReady(heygen.NoPreview), // a video is not enough
		`"status":"completed",` + preview:                                              notReady(heygen.NoDimensions),
		`"status":"completed","image_width":1080,` + preview:                           notReady(heygen.NoDimensions),
		`"status":"completed","image_height":1920,` + preview:                          notReady(heygen.NoDimensions),
		`"status":"completed","image_width":null,"image_height":1920,` + preview:       notReady(heygen.NoDimensions),
		`"status":"completed","image_width":0,"image_height":1920,` + preview:          notReady(heygen.NoDimensions),
		`"status":"completed","image_width":1080,"image_height":0,` + preview:          notReady(heygen.NoDimensions),
		`"status":"completed","image_width":1,"image_height":1,` + preview:             ready,
		`"status":"archived",` + complete:                                              unknown,
		`"status":"archived",` + failure:                                               unknown,
		`"status":"Completed",` + complete:                                             unknown,
		`"status":""`:                                                                  unknown,
		`"status":"complete",` + complete:                                              unknown, // a status of voices
	} {
		look, err := readLook(t, ","+fields)
		if got := look.Readiness(); err != nil || got != want {
			t.Errorf("%s: %+v, want %+v, %v", fields, got, want, err)
		}
	}
}
