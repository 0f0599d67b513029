"""The emulated AWS as boto3 sees it, one process for all checks, and the table that checks are written into."""

import collections
import os
import re
import subprocess
import sys
import threading

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
REGION = "us-east-1"
ACCOUNT = "123456789012"


class Server:
    """`serve --empty`, on a port that is free; an address in AWS_ENDPOINT_URL is used instead."""

    def __init__(self):
        self.process = None
        self.url = os.environ.get("AWS_ENDPOINT_URL", "")

    def __enter__(self):
        if self.url:
            return self
        command = ["dotnet", "run", "--project", os.path.join(ROOT, "src", "TargetDrain.Local"), "--", "serve", "--empty", "--port", "0"]
        environment = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
        self.process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True, env=environment)
        for line in self.process.stdout:
            if found := re.search(r"AWS_ENDPOINT_URL=(\S+)", line):
                self.url = found.group(1)
                # It tells of every refusal; when nobody reads that, it stops at a full pipe.
                threading.Thread(target=collections.deque, args=(self.process.stdout, 0), daemon=True).start()
                return self
        raise SystemExit("serve ended before it was ready")

    def __exit__(self, *_):
        if self.process:
            self.process.terminate()
            self.process.wait(30)


def client(service, url, region=REGION, key="AKIABLACKBOX00000000"):
    """Without the client's own checks, so that the service's are seen; one try, so that errors are."""
    config = Config(parameter_validation=False, retries={"total_max_attempts": 1}, read_timeout=30)
    session = boto3.session.Session(aws_access_key_id=key, aws_secret_access_key="secret", region_name=region)
    made = session.client(service, endpoint_url=url, config=config)
    made.meta.events.register("after-call", check_response)
    return made


complaints = []

# Required by the model, and left out by SQS when there are none.
LEFT_OUT_WHEN_EMPTY = {"Successful", "Failed"}


def check_response(model, parsed, http_response, **_):
    """Every answer against botocore's model: required members are there, values of enums are of the enum."""
    if http_response.status_code < 300 and model.output_shape is not None:
        check_shape(model.output_shape, parsed, model.name)


def check_shape(shape, value, path):
    if shape.type_name == "structure":
        for name in shape.required_members:
            if name not in value and name not in LEFT_OUT_WHEN_EMPTY:
                complaints.append(f"{path}: {name} is missing")
        for name, member in shape.members.items():
            if value.get(name) is not None:
                check_shape(member, value[name], f"{path}.{name}")
    elif shape.type_name == "list":
        for item in value:
            check_shape(shape.member, item, f"{path}[]")
    elif shape.type_name == "string" and shape.enum and value not in shape.enum:
        complaints.append(f"{path}: {value!r} is not one of the model's values")


class Checks:
    """Counts what held and names what did not. A check has a name, which is what it says."""

    def __init__(self):
        self.passed = 0
        self.failures = []

    def hold(self, name, found, why=""):
        if found:
            self.passed += 1
        else:
            self.failures.append(f"{name}{': ' if why else ''}{why}")

    def equal(self, name, found, wanted):
        self.hold(name, found == wanted, f"{found!r} instead of {wanted!r}")

    def refused(self, name, call, code, status=None, **parameters):
        """The call is refused with this code (or one of these), and not with a 500."""
        wanted = code if isinstance(code, tuple) else (code,)
        try:
            call(**parameters)
        except ClientError as error:
            answer = error.response
            got, http = answer["Error"]["Code"], answer["ResponseMetadata"]["HTTPStatusCode"]
            self.hold(name, got in wanted and http < 500 and (status is None or http == status), f"{http} {got}: {answer['Error'].get('Message', '')[:160]}")
        else:
            self.hold(name, False, f"accepted, where AWS says {' or '.join(wanted)}")

    def accepted(self, name, call, **parameters):
        try:
            result = call(**parameters)
        except ClientError as error:
            self.hold(name, False, str(error))
            return {}
        self.hold(name, True)
        return result

    def report(self):
        for failure in self.failures:
            print(f"FAIL  {failure}")
        for complaint in sorted(set(complaints)):
            print(f"MODEL {complaint}")
        total = self.passed + len(self.failures)
        print(f"{self.passed} of {total} checks hold; answers against botocore's models: {len(set(complaints))} complaints")
        return 0 if not self.failures and not complaints else 1


if sys.version_info < (3, 9):
    raise SystemExit("Python 3.9 or later is needed")
