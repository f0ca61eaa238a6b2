"""A Flask application with a job of Flask-RQ2: FLASK_APP=rq4j_tools.flask_shop."""

import datetime
import os

import click
from flask import Flask, current_app
from flask_rq2 import RQ

app = Flask(__name__)
app.config["RQ_REDIS_URL"] = os.environ["RQ_REDIS_URL"]
app.config["RQ_QUEUES"] = ["mail"]
app.config["RQ_SCHEDULER_QUEUE"] = "mail"
rq = RQ(app)


@rq.job("mail", timeout=60, result_ttl=600)
def send(to, copies=1):
    """Tell which application sent what to whom."""
    return [current_app.import_name.rpartition(".")[2], to, copies]


@app.cli.command("send-now")
@click.argument("to")
def send_now(to):
    """Enqueue the job, and print its id."""
    print(send.queue(to, copies=2).id)


@app.cli.command("send-in")
@click.argument("seconds", type=int)
@click.argument("to")
def send_in(seconds, to):
    """Schedule the job, and print its id."""
    print(send.schedule(datetime.timedelta(seconds=seconds), to).id)


@app.cli.command("work")
def work():
    """Run what is queued to its end."""
    rq.get_worker("mail").work(burst=True)
