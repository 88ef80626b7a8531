"""Vertrouwd: from what one person dares to tell, to what Parliament may know."""

__version__ = "0.1.0"
