"""Settings: RQ_REDIS_URL and RQ4J_DJANGO_DATABASE say where Redis and the site's database are."""

import os

_URL = os.environ["RQ_REDIS_URL"]

ALLOWED_HOSTS = ["*"]
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": os.environ["RQ4J_DJANGO_DATABASE"],
    }
}
DEBUG = True  # also serves the admin's style sheets
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django_rq",
]
MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "rq4j_tools.django_shop.visitors.as_superuser",
]
ROOT_URLCONF = "rq4j_tools.django_shop.urls"
RQ_QUEUES = {
    "default": {"URL": _URL},
    "mail": {"URL": _URL},
    "json": {"URL": _URL, "SERIALIZER": "rq.serializers.JSONSerializer"},
}
SECRET_KEY = "for tests only"
STATIC_URL = "static/"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]
TIME_ZONE = "UTC"
USE_TZ = True
