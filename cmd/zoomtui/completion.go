package main

import (
	"github.com/spf13/cobra"
)

func newCompletion(c *cli) *cobra.Command {
	shells := []string{"bash", "zsh", "fish", "powershell"}
	return &cobra.Command{
		Use:   "completion bash|zsh|fish|powershell",
		Short: "Print a completion script for a shell",
		Long: `Prints a script that completes commands, flags and profiles.

  bash        source <(zoomtui completion bash)     with the package bash-completion
  zsh         zoomtui completion zsh > "${fpath[1]}/_zoomtui"
  fish        zoomtui completion fish > ~/.config/fish/completions/zoomtui.fish
  powershell  zoomtui completion powershell | Out-String | Invoke-Expression`,
		ValidArgs: shells,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) != 1 {
				return usage(cmd, "Which shell? bash, zsh, fish or powershell.")
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			root := cmd.Root()
			switch args[0] {
			case "bash":
				return root.GenBashCompletionV2(c.out, true)
			case "zsh":
				return root.GenZshCompletion(c.out)
			case "fish":
				return root.GenFishCompletion(c.out, true)
			case "powershell":
				return root.GenPowerShellCompletionWithDesc(c.out)
			}
			wrong := usage(cmd, "There is no completion for %q.", args[0])
			wrong.why = meant(args[0], shells) + "."
			return wrong
		},
	}
}

// completeProfiles offers the names of the profiles.
func (c *cli) completeProfiles(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	cfg, err := c.loadConfig()
	if err != nil {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	return cfg.Names(), cobra.ShellCompDirectiveNoFileComp
}
