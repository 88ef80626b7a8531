"""E-mails that say that something is there, never what."""
