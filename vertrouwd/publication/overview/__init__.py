"""The yearly overview (cijferoverzicht): one page, one document, and the same numbers as data."""
