"""What moderators do: each command in a file of its own, dispatched by `desk`."""
