package explain

import "slices"

// storeRows: tokens cannot be read or kept. Zoom replaces the refresh token at
// each refresh, and one that cannot be written is lost; so a store that is not
// whole is found out before Zoom is asked. The causes are the words of package auth
// and of the systems.
func storeRows() []row {
	return slices.Concat(storeSaveRows(), storeRoomRows(), storeRightsRows(), storeFileRows())
}

// storeSaveRows: a refresh that Zoom has answered, and a logout that it was not told of.
func storeSaveRows() []row {
	return []row{
		{
			cause: []string{"permission denied", "operation not permitted", "access is denied", "read-only"}, op: "prepare the logout", class: Store, when: isStore,
			what: "The tokens here cannot be deleted.",
			why:  "{cause} ({path}). So Zoom was not told either, and the sign-in is as it was.",
			next: []Step{
				{"Mend it: {fix}", ActionNone},
				{"Then log out again.", ActionNone},
			},
		},
		{
			cause: []string{""}, op: "save tokens", class: Store, when: isStore,
			what: "Zoom has given new tokens, and they could not be stored.",
			why:  "{cause} ({path}). They replace the ones before, and only this program has them as long as it runs.",
			next: []Step{
				{"Mend the store while the program runs; it then stores them by itself.", ActionRetry},
				{"This mends it: {fix}", ActionNone},
				{"Has the program ended already? Mend the store and try again; if Zoom no longer accepts the sign-in then, sign in again.", ActionSignIn},
			},
		},
	}
}

// storeRoomRows: nothing can be written there.
func storeRoomRows() []row {
	return []row{
		{
			cause: []string{"mounted read-only", "read-only file system", "erofs"}, class: Store, when: isStore,
			what: "The token store is on a read-only file system.",
			why:  "{path} is mounted read-only. Zoom replaces the refresh token at each refresh, and the next one could not be kept, so Zoom was not asked and nothing was refreshed.",
			next: []Step{
				{"Point XDG_CONFIG_HOME to a directory that can be written; in a container, to a volume.", ActionSetup},
				{"Or mount the file system writable.", ActionNone},
			},
		},
		{
			cause: []string{"no space left", "disk quota", "enospc"}, class: Store, when: isStore,
			what: "There is no room left for the token store.",
			why:  "{cause}. The next refresh token could not be kept in {path}, so Zoom was not asked.",
			next: []Step{
				{"Free some space, then try again.", ActionRetry},
				{"Or point XDG_CONFIG_HOME to a disk with room.", ActionSetup},
			},
		},
	}
}

// storeRightsRows: owner and mode, and who holds the lock.
func storeRightsRows() []row {
	return []row{
		{
			cause: []string{"belongs to another user"}, class: Store, when: isStore,
			what: "{path} belongs to another user of this machine.",
			why:  "{cause}. What one of the two writes, the other could no longer use, so it is neither read nor written.",
			next: []Step{
				{"Run zoomtui as that user, without sudo.", ActionNone},
				{"Or take it over: {fix}", ActionNone},
			},
		},
		{
			cause: []string{"open to others", "readable by", "wrong mode", "others can", "others may", "(mode "}, class: Store, when: isStore,
			what: "{path} is open to others on this machine.",
			why:  "It holds secrets or leads to them, so it is not used like this: {cause}.",
			next: []Step{
				{"Close it: {fix}", ActionNone},
				{"If it is a shared machine, sign in again afterwards.", ActionSignIn},
			},
		},
		{
			cause: []string{"permission denied", "operation not permitted", "access is denied"}, class: Store, when: isStore,
			what: "{path} cannot be opened for writing or reading.",
			why:  "The file or its directory belongs to someone else, or its mode is wrong. A new refresh token could not be kept, so Zoom was not asked.",
			next: []Step{
				{"Mend it: {fix}", ActionNone},
				{"Check owner and mode of the file and its directory.", ActionDoctor},
			},
		},
		{
			cause: []string{"cannot lock files"}, class: Store, when: isStore,
			what: "The token store cannot be locked.",
			why:  "{cause}. Without a lock two processes would refresh at once, and one of them would end the sign-in; so Zoom was not asked.",
			next: []Step{{"Point XDG_CONFIG_HOME to a directory on a disk of this machine.", ActionSetup}},
		},
		{
			cause: []string{"held the lock", "the lock is"}, class: Store, when: isStore,
			what: "The token store is locked by another program.",
			why:  "{cause}. A refresh takes less; nothing was asked and nothing is lost.",
			next: []Step{
				{"Try again.", ActionRetry},
				{"If that program hangs, end it; the lock ends with it.", ActionDoctor},
			},
		},
	}
}

// storeFileRows: what stands in the place of the file, or in it.
func storeFileRows() []row {
	return []row{
		{
			cause: []string{"directory that is not there"}, class: Store, when: isStore,
			what: "{path} is a link that leads nowhere.",
			why:  "The directory with the tokens is not there: a disk that is not mounted, or a directory that was moved.",
			next: []Step{{"Bring the directory back, or remove the link.", ActionDoctor}},
		},
		{
			cause: []string{"symbolic link"}, class: Store, when: isStore,
			what: "{path} is a link and not a file.",
			why:  "{cause}. A refresh would put a file in the place of the link; Zoom was not asked.",
			next: []Step{
				{"Put the file itself there: {fix}", ActionNone},
				{"To keep it elsewhere, make the whole directory a link instead.", ActionSetup},
			},
		},
		{
			cause: []string{"so it cannot be replaced"}, class: Store, when: isStore,
			what: "{path} cannot be replaced.",
			why:  "{cause}. The next refresh token comes in a new file that takes its place; so Zoom was not asked.",
			next: []Step{
				{"In a container, mount the directory that it is in, and not the file.", ActionSetup},
				{"Marked by hand? Take the mark off: {fix}", ActionNone},
			},
		},
		{
			cause: []string{"not a regular file", "is no directory", "not a directory"}, class: Store, when: isStore,
			what: "Something else stands in the place of {path}.",
			why:  "{cause}.",
			next: []Step{{"Look at it, and move it away if it is not needed.", ActionDoctor}},
		},
		{
			cause: []string{"newer version", "newer zoomtui", "unknown version"}, class: Store, when: isStore,
			what: "{path} was written by a newer zoomtui.",
			why:  "This one does not know the format and leaves the file untouched.",
			next: []Step{{"Update zoomtui, or use another profile.", ActionNone}},
		},
		{
			cause: []string{"decode", "invalid character", "unmarshal", "unexpected end", "not valid json", "damaged"}, class: Store, when: isStore,
			what: "{path} is damaged.",
			why:  "{cause}. What is left of it is kept, also when you sign in again.",
			next: []Step{
				{"Go back to the tokens of the refresh before, which may still work: {fix}", ActionNone},
				{"Sign in again.", ActionSignIn},
			},
		},
	}
}

// isStore tells trouble with a file that keeps secrets.
func isStore(f Facts) bool { return f.Class == Store || f.Class == Other && f.Path != "" }
