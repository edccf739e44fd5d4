package ui

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"zoomtui/internal/ui/kit"
)

// newsFor is how long news of the tokens stays, unless a key is pressed: nobody
// may be looking just now, and it is told once.
const newsFor = time.Minute

// newsMsg is one sentence of news.
type newsMsg string

// awaitNews waits for the next news of this profile.
func (m *Model) awaitNews() tea.Cmd {
	ctx, news := m.ctx, m.deps.News
	if news == nil {
		return nil
	}
	return func() tea.Msg {
		select {
		case text := <-news:
			return newsMsg(text)
		case <-ctx.Done():
			return nil
		}
	}
}

func (m *Model) onNews(msg newsMsg) tea.Cmd {
	m.sayFor(kit.CleanText(string(msg)), newsFor)
	m.notice.news = true
	return m.awaitNews()
}
