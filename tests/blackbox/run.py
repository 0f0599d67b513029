"""
The emulated AWS against what AWS documents, called as its users call it: boto3 over HTTP, without the client's own
checks. Deviations that remain are declared in docs/emulator-limits.md.

    python3 tests/blackbox/run.py            starts `serve` itself
    AWS_ENDPOINT_URL=… python3 tests/blackbox/run.py
"""

import importlib
import sys

try:
    import world
except ImportError as missing:
    print(f"skipped: {missing}; `pip install boto3` brings it")
    sys.exit(0)

PARTS = ["elbv2", "ec2", "autoscaling", "sqs", "events", "installation", "frontdoor", "models"]
SERVICES = ["elbv2", "ec2", "autoscaling", "sqs", "events", "sts"]


def main():
    checks = world.Checks()
    with world.Server() as server:
        for name in sys.argv[1:] or PARTS:
            before = checks.passed, len(checks.failures)
            clients = {service: world.client(service, server.url) for service in SERVICES}
            importlib.import_module(name).run(checks, {**clients, "url": server.url})
            passed, failed = checks.passed - before[0], len(checks.failures) - before[1]
            print(f"{name}: {passed} of {passed + failed}")
    return checks.report()


if __name__ == "__main__":
    sys.exit(main())
