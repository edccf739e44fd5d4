package scope

// wish is what a word says about the method.
type wish int

const (
	noWish wish = iota
	wishRead
	wishList
	wishCreate
	wishReplace
	wishChange
	wishDelete
)

// verb tells what a word, in small letters, says about the method.
func verb(word string) wish {
	switch word {
	case "get", "show", "read", "fetch", "view", "see", "head", "retrieve":
		return wishRead
	case "list", "lists":
		return wishList
	case "create", "add", "new", "make", "post", "write", "schedule":
		return wishCreate
	case "put", "replace":
		return wishReplace
	case "update", "change", "edit", "modify", "patch", "set":
		return wishChange
	case "delete", "remove", "cancel":
		return wishDelete
	}
	return noWish
}

// nearVerb tells what a verb says that is written with one mistake.
func nearVerb(word string) wish {
	const shortest = 5 // "past" is not "post"
	if len(word) < shortest {
		return noWish
	}
	for _, known := range []string{"create", "schedule", "update", "change", "modify", "delete", "remove", "cancel", "replace", "fetch", "retrieve"} {
		if editDistance(word, known, 1) == 1 {
			return verb(known)
		}
	}
	return noWish
}

// grants tells how well an operation is what a verb wishes, from 0 to 1.
// collection: its path ends with a word, not with an id.
func (w wish) grants(method string, collection bool) float32 {
	switch {
	case w == wishRead && method == "GET",
		w == wishList && method == "GET" && collection,
		w == wishCreate && method == "POST",
		w == wishReplace && method == "PUT",
		w == wishChange && method == "PATCH",
		w == wishDelete && method == "DELETE":
		return 1
	case w == wishChange && method == "PUT":
		return 0.8
	case w == wishList && method == "GET":
		return 0.4
	}
	return 0
}

// related are other words for the same thing, as the table has them.
func related(word string) []string {
	switch word {
	case "email", "mail":
		return []string{"mail", "email"}
	case "attendee", "guest", "member":
		return []string{"participant", "registrant", "member"}
	case "licence":
		return []string{"license"}
	case "avatar", "photo", "image":
		return []string{"picture"}
	case "channel", "message":
		return []string{"chat"}
	case "video", "record":
		return []string{"recording"}
	case "pmi":
		return []string{"personal"}
	case "call":
		return []string{"phone"}
	case "preference", "config", "configuration", "option":
		return []string{"setting"}
	}
	return nil
}

// alias are words for an operation that stand neither in its path nor in its
// summary as what it is: the stems of them.
func alias(e Endpoint) []string {
	switch e.String() {
	case "GET /users/{userId}":
		return []string{"me", "myself", "whoami", "who", "profile"}
	case "GET /users/{userId}/upcoming_meetings":
		return []string{"agenda", "invited", "future", "next", "today"}
	case "GET /users/{userId}/meetings":
		return []string{"hosted", "scheduled"}
	case "GET /users/{userId}/recordings", "GET /meetings/{meetingId}/recordings",
		"DELETE /meetings/{meetingId}/recordings", "DELETE /meetings/{meetingId}/recordings/{recordingId}",
		"GET /meetings/{meetingId}/recordings/settings", "PATCH /meetings/{meetingId}/recordings/settings":
		return []string{"cloud"}
	}
	return nil
}

// core tells how often people mean a product, when its name is not said.
func core(product string) float32 {
	switch product {
	case "users", "meetings":
		return 3
	case "webinars":
		return 2.5
	case "past_meetings", "groups", "accounts", "roles", "report", "phone":
		return 1.5
	case "chat", "rooms", "contacts", "past_webinars", "metrics", "devices", "tracking_fields", "contact_center":
		return 1
	}
	return 0
}
