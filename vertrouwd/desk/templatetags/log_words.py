"""`{{ line.action|in_words }}` and `{{ value|plain }}`."""

from django import template

from vertrouwd.desk.log_words import in_words

register = template.Library()
register.filter("in_words", in_words)


@register.filter
def plain(value: object) -> str:
    """A detail of a line as a reader would write it: a list without its brackets."""
    return ", ".join(str(each) for each in value) if isinstance(value, list) else str(value)
