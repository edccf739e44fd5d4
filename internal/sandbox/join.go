package sandbox

import (
	"net/http"
	"strconv"
)

// handleJoin is where the join links of the made-up meetings lead: a page that says so.
func (s *Server) handleJoin(w http.ResponseWriter, r *http.Request) {
	id, err := strconv.ParseInt(r.PathValue("id"), 10, 64)
	m := s.world.meeting(id)
	if err != nil || m == nil {
		s.renderPage(w, http.StatusNotFound, "notice.html", func(nonce string) any {
			return noticeView{Nonce: nonce, Title: "No such meeting", Says: "This meeting does not exist", Failed: true}
		})
		return
	}
	s.renderPage(w, http.StatusOK, "notice.html", func(nonce string) any {
		return noticeView{
			Nonce: nonce, Title: "Joined", Says: "You would be in this meeting now: " + m.topic,
			Hint: "The meetings of the sandbox are made up; this page stands for the Zoom client.",
		}
	})
}
