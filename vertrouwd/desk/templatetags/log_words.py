"""`{{ line.action|in_words }}`"""

from django import template

from vertrouwd.desk.log_words import in_words

register = template.Library()
register.filter("in_words", in_words)
