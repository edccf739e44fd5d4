package sandbox

import (
	"net/http"
	"strings"
)

// unplayed answers for the operations that are known and not played: reading finds nothing, and writing is
// not for the made-up user's role.
func unplayed(c apiCall) (any, *apiError) {
	if c.op.method != http.MethodGet {
		return nil, errNoPermission()
	}
	for i, part := range c.op.parts {
		if !isID(part) {
			continue
		}
		if refusal := c.unknownID(part, c.parts[i]); refusal != nil {
			return nil, refusal
		}
	}
	if !c.op.list {
		return map[string]any{}, nil
	}
	return c.emptyPage()
}

// unknownID refuses an id that nothing has here, with the code of the product where it is known.
func (c apiCall) unknownID(part, id string) *apiError {
	switch part {
	case "{userId}":
		_, refusal := c.userCalled(id, 1001)
		return refusal
	case "{accountId}":
		if id == "me" || id == demoAccountID {
			return nil
		}
		return refuseAPI(http.StatusNotFound, 2001, "Account does not exist: "+id+".")
	case "{meetingId}", "{meetingUUID}":
		_, refusal := c.meetingCalled(id)
		return refusal
	case "{webinarId}":
		return refuseAPI(http.StatusNotFound, 3001, "Webinar does not exist: "+id+".")
	default:
		return errUnrecognized()
	}
}

// emptyPage is the usual envelope with nothing in it; SCIM has its own (RFC 7644 section 3.4.2).
func (c apiCall) emptyPage() (any, *apiError) {
	if c.op.parts[0] == "scim2" {
		return map[string]any{
			"schemas":      []string{"urn:ietf:params:scim:api:messages:2.0:ListResponse"},
			"totalResults": 0, "startIndex": 1, "itemsPerPage": 0, "Resources": []any{},
		}, nil
	}
	size, refusal := intParam(c.r.URL.Query(), "page_size", defaultPageSize, maxPageSize)
	if refusal != nil {
		return nil, refusal
	}
	page := map[string]any{"next_page_token": "", "page_count": 1, "page_size": size, "total_records": 0}
	page[c.op.plural()] = []any{}
	return page, nil
}

// plural is what an answer calls its list: the last word of the path that is no id.
func (o operation) plural() string {
	for i := len(o.parts) - 1; i >= 0; i-- {
		if !isID(o.parts[i]) {
			return strings.ReplaceAll(o.parts[i], "-", "_")
		}
	}
	return "items"
}
