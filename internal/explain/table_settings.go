package explain

// settingsFileRows are about a config.toml that could not be read or written. No
// token is concerned, other than where the store fails.
func settingsFileRows() []row {
	return []row{
		{
			cause: []string{"write the configuration"}, class: Store, op: "configuration", when: isStore,
			what: "The settings could not be written.",
			why:  "{path} is as it was: {cause}.",
			next: []Step{{"Make room or make it writable, then try again.", ActionRetry}},
		},
		{
			cause: []string{"read the configuration"}, class: Store, op: "configuration", when: isStore,
			what: "The settings could not be read.",
			why:  "{path}: {cause}.",
			next: []Step{{"Check owner and mode of the file and its directory.", ActionDoctor}},
		},
		{
			cause: []string{"has been changing"}, class: Store, op: "configuration", when: isStore,
			what: "The settings are being changed by another program.",
			why:  "Nothing was written: {cause}.",
			next: []Step{{"Try again.", ActionRetry}},
		},
	}
}
