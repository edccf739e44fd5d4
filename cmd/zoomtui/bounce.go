package main

import (
	"github.com/spf13/cobra"

	"zoomtui/internal/bounce"
)

func newBounce(c *cli) *cobra.Command {
	return &cobra.Command{
		Use:   "bounce",
		Short: "Print the https page that sends a browser back to this machine",
		Long: `Prints one static HTML page for an app with a client secret, whose redirect address
must be https at Zoom. The page loads nothing, and keeps and sends nothing: it leads
the browser to 127.0.0.1, to a private address of your network after a tap, and
otherwise shows the code to paste. Put it where you can serve files over https:

  GitHub Pages  zoomtui bounce > callback.html, commit it to the repository of
                NAME.github.io; its address is https://NAME.github.io/callback.html
  nginx         zoomtui bounce > /var/www/html/callback.html, in a server with a
                certificate; leave the page's own Content-Security-Policy as it is
  then          enter that address into both fields of the app at Zoom, and as
                redirect_uri of the profile; listen stays 127.0.0.1:8976`,
		Args: noArguments,
		RunE: func(*cobra.Command, []string) error {
			if _, err := c.out.Write(bounce.Page()); err != nil {
				return err
			}
			if isTerminal(c.err) {
				c.say("Save the page where it is served over https, then: zoomtui profile add NAME --kind confidential --redirect-uri https://…")
				c.say("How to: zoomtui bounce --help")
			}
			return nil
		},
	}
}
