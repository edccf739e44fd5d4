// Package har writes recorded requests as an HTTP Archive, which browsers and
// proxies read. Nothing secret is in the requests that it is given.
// Source: http://www.softwareishard.com/blog/har-12-spec/
package har

import (
	"fmt"
	"io"

	"zoomtui/internal/api"
)

// redaction is said in the archive itself: who opens it may not be who wrote it.
const redaction = "Tokens, codes, passcodes, cookies and other secrets were replaced by [redacted] when the requests were recorded."

// Write writes an archive of version 1.2, the exchanges in their order. creator is
// the program's name and version. Bodies are written piece by piece: a large one
// is not copied.
func Write(w io.Writer, exchanges []api.Exchange, creator, version string) error {
	out := &writer{w: w}
	out.text(`{"log":`)
	out.open(archive{Version: "1.2", Creator: maker{creator, version}, Comment: redaction})
	out.text(`,"entries":[`)
	for i, e := range exchanges {
		if i > 0 {
			out.text(",")
		}
		out.text("\n")
		out.entry(e)
	}
	out.text("\n]}}\n")
	if out.err != nil {
		return fmt.Errorf("write HTTP archive: %w", out.err)
	}
	return nil
}

// entry writes one exchange. What holds a body comes last in its object, and is
// left open until that is written.
func (out *writer) entry(e api.Exchange) {
	out.open(entryOf(e))
	out.text(`,"request":`)
	out.open(requestOf(e))
	if len(e.RequestBody) > 0 || e.RequestNote != "" {
		out.text(`,"postData":`)
		out.open(posted{MimeType: e.RequestHeader.Get("Content-Type"), Comment: e.RequestNote})
		out.body(e.RequestBody)
		out.text("}")
	}
	out.text(`},"response":`)
	out.open(responseOf(e))
	out.text(`,"content":`)
	out.open(contentOf(e))
	out.body(e.Body)
	out.text("}}}")
}
