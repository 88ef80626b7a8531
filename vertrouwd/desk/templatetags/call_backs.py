"""`{{ task|safe_hours:reports }}`."""

from django import template

from vertrouwd.desk.call_backs import safe_hours

register = template.Library()
register.filter("safe_hours", safe_hours)
