"""Serving any number of workspaces by HTTP: gunicorn in front, Bolt's WSGI adapter behind it, the crew beside."""
