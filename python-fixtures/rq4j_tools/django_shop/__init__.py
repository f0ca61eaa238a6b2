"""A Django site with django-rq in its admin, where every visitor is a superuser."""
