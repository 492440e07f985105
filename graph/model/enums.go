package model

import (
	"github.com/99designs/gqlgen/graphql"

	"heygen-graphql/heygen"
)

// unknown stands for every value that HeyGen has added since.
const unknown = "UNKNOWN"

var trainingStatuses = map[heygen.TrainingStatus]string{
	heygen.Processing:     "PROCESSING",
	heygen.PendingConsent: "PENDING_CONSENT",
	heygen.Completed:      "COMPLETED",
	heygen.Failed:         "FAILED",
}

// MarshalTrainingStatus writes a status; UNKNOWN for a value never seen before.
func MarshalTrainingStatus(s heygen.TrainingStatus) graphql.Marshaler {
	if name, ok := trainingStatuses[s]; ok {
		return graphql.MarshalString(name)
	}
	return graphql.MarshalString(unknown)
}

// UnmarshalTrainingStatus reads a status. UNKNOWN is no value to ask for.
func UnmarshalTrainingStatus(v any) (heygen.TrainingStatus, error) {
	for status, name := range trainingStatuses {
		if v == name {
			return status, nil
		}
	}
	return "", &InputError{"A TrainingStatus must be PROCESSING, PENDING_CONSENT, COMPLETED or FAILED."}
}

// MarshalOwnership writes PUBLIC or PRIVATE.
func MarshalOwnership(o heygen.Ownership) graphql.Marshaler {
	if o == heygen.Private {
		return graphql.MarshalString("PRIVATE")
	}
	return graphql.MarshalString("PUBLIC")
}

// UnmarshalOwnership reads PUBLIC or PRIVATE.
func UnmarshalOwnership(v any) (heygen.Ownership, error) {
	switch v {
	case "PUBLIC":
		return heygen.Public, nil
	case "PRIVATE":
		return heygen.Private, nil
	}
	return "", &InputError{"An Ownership must be PUBLIC or PRIVATE."}
}
