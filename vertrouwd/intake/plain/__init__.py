"""The fixed pages of the public site, and the way out of it."""
