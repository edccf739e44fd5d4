package explain

// keyringRows: the tokens are there, sealed with a key that the keyring of the
// person's session holds, and the key is not to be had. The causes are the words
// of packages auth and keyring. (Long, as it is a table.)
func keyringRows() []row {
	const kept = "The tokens in {path} are sealed with a key that it holds. They are kept as they are, and Zoom was not asked."
	again := Step{"Or sign in again; where no keyring can be used, the tokens are then kept unsealed in a file of mode 0600.", ActionSignIn}
	return []row{
		{
			cause: []string{"keyring is locked"}, class: Store, when: isStore,
			what: "The keyring is locked.",
			why:  kept,
			next: []Step{
				{"Unlock it, for example by logging in to the desktop, then try again.", ActionRetry},
				again,
			},
		},
		{
			cause: []string{"keyring did not answer"}, class: Store, when: isStore,
			what: "The keyring did not answer in time.",
			why:  kept,
			next: []Step{
				{"Look for a window that asks for the keyring's password, then try again.", ActionRetry},
				again,
			},
		},
		{
			cause: []string{"no keyring answers", "keyring, which is not asked"}, class: Store, when: isStore,
			what: "There is no keyring here.",
			why:  kept + " In short: {cause}.",
			next: []Step{
				{"Run this in the session that has the keyring: a job needs its DBUS_SESSION_BUS_ADDRESS, usually unix:path=/run/user/UID/bus.", ActionDoctor},
				{"For jobs without a session set store = \"file\" and sign in again.", ActionSignIn},
			},
		},
		{
			cause: []string{"keyring has no such key", "does not open the tokens"}, class: Store, when: isStore,
			what: "The key of these tokens is gone.",
			why:  "{path} is whole, but nobody can read it: {cause}. Another keyring may be in use than at the sign-in.",
			next: []Step{
				{"Sign in again; the file is then kept aside.", ActionSignIn},
				{"Or bring the keyring of that time back, then try again.", ActionRetry},
			},
		},
		{
			cause: []string{"keyring refused"}, class: Store, when: isStore,
			what: "The keyring refused.",
			why:  kept + " In short: {cause}.",
			next: []Step{
				{"Allow zoomtui to use the keyring, then try again.", ActionRetry},
				again,
			},
		},
	}
}
