"""Statements written as files of any size: lines are read, text is written, and no graph is held in memory."""
