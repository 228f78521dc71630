"""The process: commands, platforms, conversation, schedule."""
