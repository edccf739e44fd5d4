package explain

// JSON is the value of "error" in what a command prints with --json. Foreign
// pieces are tamed as in [Problem.Raw]; the lists are never null; a number
// that is not known is 0.
type JSON struct {
	What          string   `json:"what"`
	Why           string   `json:"why"`
	NextSteps     []string `json:"next_steps"`
	HTTPStatus    int      `json:"http_status"`
	ZoomCode      int      `json:"zoom_code"`
	ZoomMessage   string   `json:"zoom_message"`
	TrackingID    string   `json:"tracking_id"`
	MissingScopes []string `json:"missing_scopes"`
}

// JSON gives the problem in the shape that --json prints.
func (p Problem) JSON() JSON {
	out := JSON{
		What:          p.What,
		Why:           p.Why,
		NextSteps:     make([]string, 0, len(p.Next)),
		HTTPStatus:    p.Facts.HTTPStatus,
		ZoomCode:      p.Facts.Code,
		ZoomMessage:   quoted(p.Facts.Message, maxMessage),
		TrackingID:    tame(p.Facts.TrackingID, maxTracking),
		MissingScopes: make([]string, 0, len(p.Facts.MissingScopes)),
	}
	for _, step := range p.Next {
		out.NextSteps = append(out.NextSteps, step.Text)
	}
	for _, scope := range p.Facts.MissingScopes {
		out.MissingScopes = append(out.MissingScopes, tame(scope, maxName))
	}
	return out
}
