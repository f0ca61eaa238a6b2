"""Serves the site: python -m rq4j_tools.django_shop PORT."""

import os
import sys

import django
from django.core.management import call_command


def main(port):
    """Make the site's database and serve until the process is ended."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "rq4j_tools.django_shop.settings"
    django.setup()
    call_command("migrate", verbosity=0)
    call_command("createsuperuser", username="ada", email="", interactive=False, verbosity=0)
    call_command("runserver", "127.0.0.1:" + port, use_reloader=False)


if __name__ == "__main__":
    main(sys.argv[1])
