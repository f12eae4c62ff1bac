"""Reads what buyers wrote: sentiment, aspects, topics, questions, and drafts of replies; all of it offline."""
