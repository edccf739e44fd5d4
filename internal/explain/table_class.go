package explain

// byClass is what can be said when no row fits: the class alone.
func byClass(f Facts) row {
	switch f.Class {
	case Usage:
		return row{
			what: "That cannot be used as it is.",
			why:  "{cause}.",
			next: []Step{
				{"Do this: {fix}", ActionNone},
				{"Correct {path}.", ActionSetup},
				{"Check the settings of this profile.", ActionSetup},
			},
		}
	case SignIn:
		return row{
			what: "A person has to sign in first.",
			why:  "There is no sign-in that can be used: {cause}.",
			next: []Step{{"Sign in.", ActionSignIn}},
		}
	case Scope:
		return row{
			what: "A scope, a role or a plan is missing for {op}.",
			why:  "{cause}.",
			next: []Step{{"Look up what this call needs and compare it with yours.", ActionScopes}},
		}
	case Network:
		return row{
			what: "The call to {host} failed.",
			why:  "{cause}.",
			next: []Step{
				{"Try again.", ActionRetry},
				{"If it stays like this, check the way to Zoom.", ActionDoctor},
			},
		}
	case RateLimit:
		return row{
			what: "Zoom asks us to wait.",
			why:  "Calls are accepted again at {until}.",
			next: []Step{{"Wait until {until}.", ActionWait}, {"Wait a little and try again.", ActionWait}},
		}
	case Store:
		return row{
			what: "The token store cannot be used.",
			why:  "{path}: {cause}.",
			next: []Step{{"Mend it: {fix}", ActionNone}, {"Check owner and mode of the file and its directory.", ActionDoctor}},
		}
	case Empty:
		return row{
			what: "There is nothing to show.",
			why:  "{cause}.",
			next: []Step{{"Load it again.", ActionRetry}},
		}
	case Cancelled:
		return cancelled()
	default:
		return otherRow(f)
	}
}

func cancelled() row {
	return row{class: Cancelled, what: "Cancelled.", why: "You stopped it before it was done."}
}

// otherRow is the last resort: the facts as they are.
func otherRow(f Facts) row {
	if f.HTTPStatus == 0 && f.Message == "" {
		return row{
			what: "That did not work.",
			why:  "{cause}.",
			next: []Step{{"Check this machine and the settings.", ActionDoctor}},
		}
	}
	return row{
		what: "Zoom refused {op}.",
		why:  "Zoom says: {says}.",
		next: []Step{
			{"Try again.", ActionRetry},
			{"Zoom support needs the tracking id of the answer.", ActionNone},
		},
	}
}
