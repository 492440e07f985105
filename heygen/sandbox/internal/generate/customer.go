package main

import "slices"

// applyConsent spells the consent of most groups as HeyGen sends it, accepted. Every eighth has the documented approved; the
// first of them is the group that documentation shows. Consent is rejected where training failed for it, as in every second
// private group that failed.
func applyConsent(groups []group) {
	given, failed := 0, 0
	for i := range groups {
		g := &groups[i]
		if g.Ownership == "private" && !g.Status.isNull() && *g.Status[0] == "failed" {
			if failed++; failed%2 == 0 {
				g.Error = value(failures[slices.IndexFunc(failures, isConsentMismatch)])
			}
		}
		switch {
		case !g.Error.isNull() && isConsentMismatch(*g.Error[0]):
			g.ConsentStatus = value("rejected")
		case !g.ConsentStatus.isNull() && *g.ConsentStatus[0] == "approved":
			if given++; given%8 != 1 {
				g.ConsentStatus = value("accepted")
			}
		}
	}
}

func isConsentMismatch(f failure) bool { return f.Code == "consent_mismatch" }

// applyCustomerNames replaces names and genders of a few private groups by what customers type: names with white space before
// or after them, and gender as free text. The numbers count private groups in list order.
func applyCustomerNames(groups []group) {
	n := 0
	for i := range groups {
		g := &groups[i]
		if g.Ownership != "private" {
			continue
		}
		switch n++; n {
		case 4:
			g.Name = "\n" + g.Name
		case 6:
			g.Name = "\u00a0 " + g.Name + "\t"
		case 9:
			g.Name = "\u3000" + g.Name + "\u3000"
		case 11:
			g.Gender = value("F")
		case 16:
			g.Name += "\u00a0\r\n"
		case 18:
			g.Gender = value("")
		}
	}
}

// applyCustomerVoices makes private voices what most of HeyGen's are: of the language "unknown". A few have white space before
// or after their names. The numbers count private voices in list order.
func applyCustomerVoices(voices []voice) []voice {
	n := 0
	for i := range voices {
		v := &voices[i]
		if v.Type != "private" {
			continue
		}
		if n++; n%4 != 2 {
			v.Language = "unknown"
		}
		switch n {
		case 1:
			v.Name = "\n" + v.Name
		case 8:
			v.Name = "\u00a0" + v.Name + "\t"
		case 13:
			v.Name = "\u3000" + v.Name
		case 15:
			v.Gender = "F"
		}
	}
	return voices
}
