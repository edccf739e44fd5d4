package login

import (
	tea "charm.land/bubbletea/v2"

	"zoomtui/internal/explain"
	"zoomtui/internal/ui/kit"
)

// brought is the news of a try.
type brought struct {
	try  *try
	news News
}

// listen waits for the next thing that happens and does not end the attempt.
func (m *Model) listen() tea.Cmd {
	if m.link.News == nil {
		return nil
	}
	t, news := m.try, m.link.News
	return func() tea.Msg {
		select {
		case n, ok := <-news:
			if ok {
				return brought{try: t, news: n}
			}
		case <-t.ended:
		case <-t.ctx.Done():
		}
		return nil
	}
}

func (m *Model) onNews(msg brought) tea.Cmd {
	if msg.try != m.try || m.phase != waiting && m.phase != checking {
		return nil
	}
	switch msg.news.Kind {
	case Arrived:
		m.phase, m.news = checking, ""
	case Unused:
		m.phase = waiting
		m.news = kit.Words(explain.Of(msg.news.Err)) + " Load the browser's last page once more."
	case Unheard:
		m.news = kit.Words(explain.Of(msg.news.Err)) + " The short code goes on waiting."
	case Stranger:
		m.news = "A browser came with an older link; use the link shown here."
	}
	return m.listen()
}
