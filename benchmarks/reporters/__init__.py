"""Reporters without a browser: they read the forms of the public site and fill them in over HTTP.

They know the contract (docs/contracts/public-site.md), and of each page only what it says itself:
its one form, the fields of it, and what can be chosen.
"""
