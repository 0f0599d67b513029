"""The Lambda Runtime API as a function in a process of its own meets it: ask for an event, handle it, answer."""
import http.client
import json
import os
import sys
import traceback


def serve(handle):
    host, _, base = os.environ["AWS_LAMBDA_RUNTIME_API"].partition("/")
    root = ("/" + base if base else "") + "/2018-06-01/runtime/invocation/"
    api = http.client.HTTPConnection(host)
    while True:
        api.request("GET", root + "next")
        answer = api.getresponse()
        event = json.loads(answer.read())
        path, body = "/response", "null"
        try:
            handle(event)
        except Exception as error:
            # As Lambda does it: an error ends the run, not the process.
            traceback.print_exc(file=sys.stderr)
            path, body = "/error", json.dumps({"errorType": type(error).__name__, "errorMessage": str(error)})
        api.request("POST", root + answer.headers["Lambda-Runtime-Aws-Request-Id"] + path, body)
        api.getresponse().read()
