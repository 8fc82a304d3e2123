"""What can be done with a campaign, one use case a file. ``loop`` tells them in their order."""
