"""The open campaign: how it is made, asked and worked on."""
