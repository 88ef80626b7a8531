"""Where e-mails go: a mail server, a folder in a demonstration, or nowhere."""

from vertrouwd.figures import demonstrations
from vertrouwd.notices.mail_settings import mail_settings
from vertrouwd.project.home import home_folder

_mail = mail_settings(is_demonstration=demonstrations.are_in(home_folder()))

VERTROUWD_MAIL = _mail.road.value
VERTROUWD_MAIL_FROM = DEFAULT_FROM_EMAIL = SERVER_EMAIL = _mail.sender
VERTROUWD_MAIL_DOMAINS = _mail.domains
EMAIL_HOST, EMAIL_PORT = _mail.host, _mail.port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _mail.user, _mail.password
EMAIL_USE_TLS, EMAIL_USE_SSL = _mail.tls == "starttls", _mail.tls == "tls"
EMAIL_TIMEOUT = 20  # seconds
EMAIL_FILE_PATH = str(home_folder() / "mail")
