"""The online subscription of a health contract: messages, leaving, documents, membership file."""
