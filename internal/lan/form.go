package lan

import (
	"errors"
	"io"
	"mime"
	"net/http"
	"net/url"

	"zoomtui/internal/explain"
)

// maxBody bounds the body of a request, in bytes.
const maxBody = 32 << 10

// formType is what a browser sends the page's form as.
const formType = "application/x-www-form-urlencoded"

// fieldName is the one field of the form.
const fieldName = "address"

// formError says why a form cannot be used.
type formError string

const (
	errTooLong formError = "the pasted text is too long to be an address"
	errDamaged formError = "the form arrived damaged; send it once more"
)

// Error gives the reason.
func (e formError) Error() string { return string(e) }

// Facts is what package explain is told: the same as of any other wrong paste.
func (e formError) Facts() explain.Facts {
	return explain.Facts{Place: explain.PlaceLocal, Class: explain.Usage, Op: "read paste", Cause: string(e)}
}

// readForm gives the text that was pasted into the form of a request.
func readForm(w http.ResponseWriter, r *http.Request) (string, error) {
	if r.ContentLength > maxBody {
		return "", errTooLong
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	if _, ok := errors.AsType[*http.MaxBytesError](err); ok {
		return "", errTooLong
	}
	if err != nil {
		return "", errDamaged
	}
	return pastedText(string(body))
}

// pastedText takes the one field out of a form's body. A field that is there
// twice, or another one, was not sent by the page.
func pastedText(body string) (string, error) {
	if len(body) > maxBody {
		return "", errTooLong
	}
	fields, err := url.ParseQuery(body)
	if err != nil || len(fields) != 1 || len(fields[fieldName]) != 1 {
		return "", errDamaged
	}
	return fields.Get(fieldName), nil
}

func isForm(h http.Header) bool {
	kind, _, err := mime.ParseMediaType(h.Get("Content-Type"))
	return err == nil && kind == formType
}
