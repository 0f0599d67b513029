#!/usr/bin/env python3
"""template.yaml as those read it who deploy it.

  template.py check [FILE]     what the SAM CLI and AWS CLI version 1 do with it before they send it, and cfn-lint's opinion
  template.py package OUT      the template of a release: plain CloudFormation, code from a bucket that a parameter names
  template.py changes VERSION  the changelog's section of that version

Needs cfn-lint, which brings PyYAML and aws-sam-translator.
"""

import glob
import json
import os
import re
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))

# SAM writes the partition of this Region into the ARNs of AWS's policies; package() takes it out again.
os.environ["AWS_DEFAULT_REGION"] = "us-east-1"

import yaml  # noqa: E402
from samtranslator.model.exceptions import InvalidDocumentException  # noqa: E402
from samtranslator.parser.parser import Parser  # noqa: E402
from samtranslator.translator.translator import Translator  # noqa: E402


class PureLoader(yaml.SafeLoader):
    """PyYAML's own parser, not libyaml's: the SAM CLI and AWS CLI version 1 use it, and it refuses more."""

    def construct_mapping(self, node, deep=False):
        seen = set()
        for key, _ in node.value:
            if key.value in seen:
                raise yaml.constructor.ConstructorError(None, None, f"found {key.value!r} twice", key.start_mark)
            seen.add(key.value)
        return super().construct_mapping(node, deep)


def intrinsic(loader, suffix, node):
    name = suffix if suffix in ("Ref", "Condition") else f"Fn::{suffix}"
    if isinstance(node, yaml.ScalarNode):
        value = loader.construct_scalar(node)
        return {name: value.split(".", 1) if suffix == "GetAtt" else value}
    if isinstance(node, yaml.SequenceNode):
        return {name: loader.construct_sequence(node, deep=True)}
    return {name: loader.construct_mapping(node, deep=True)}


PureLoader.add_multi_constructor("!", intrinsic)


def read(path):
    with open(path, encoding="utf-8") as text:
        return yaml.load(text, PureLoader)


def read_examples(path):
    """Every block of YAML in a page."""
    with open(path, encoding="utf-8") as page:
        for block in re.findall(r"^```ya?ml\n(.*?)^```", page.read(), re.S | re.M):
            yaml.load(block, PureLoader)


def transform(template, **parameters):
    """AWS::Serverless resolved; the code is somewhere in S3, as after an upload."""
    for resource in template["Resources"].values():
        if resource["Type"] == "AWS::Serverless::Function":
            resource["Properties"]["CodeUri"] = "s3://bucket/key"
    # No managed policy is named in the template, so none has to be looked up.
    return Translator(managed_policy_map={}, sam_parser=Parser()).translate(template, parameter_values=parameters)


def lint(path, *options):
    done = subprocess.run(["cfn-lint", *options, "--", path], capture_output=True, text=True)
    print(done.stdout + done.stderr, end="")
    return done.returncode == 0 and not done.stdout


def check(path):
    source = read(path)
    for page in [os.path.join(ROOT, "README.md"), *glob.glob(os.path.join(ROOT, "docs", "*.md"))]:
        read_examples(page)
    problems = []
    transformed = transform(source, Tracing="Disabled")
    function = transformed["Resources"]["DrainFunction"]["Properties"]
    if "RecursiveLoop" not in function:
        problems.append("SAM does not pass RecursiveLoop on")
    for kept in ("Rules", "Conditions", "Metadata", "Outputs"):
        if kept not in transformed:
            problems.append(f"SAM does not pass {kept} on")
    with tempfile.TemporaryDirectory() as folder:
        transformed_file, packaged_file = os.path.join(folder, "transformed.json"), os.path.join(folder, "packaged.json")
        with open(transformed_file, "w", encoding="utf-8") as out:
            json.dump(transformed, out)
        package(path, packaged_file)
        # Where tracing is off, SAM leaves nothing that reads the parameter (W2001).
        for name, file, options in (
            ("source", path, []), ("transformed", transformed_file, ["--ignore-checks", "W2001"]), ("packaged", packaged_file, [])
        ):
            if lint(file, *options):
                print(f"cfn-lint: {name}: nothing")
            else:
                problems.append(f"cfn-lint: {name}")
    print("\n".join(problems))
    return not problems


def package(path, out):
    source = read(path)
    version = source["Metadata"]["TargetDrain"]["Version"]
    # With tracing, so that nothing of it is left out; the conditions below decide.
    template = transform(source, Tracing="Active")
    resources = template["Resources"]
    template["Conditions"]["Traces"] = {"Fn::Equals": [{"Ref": "Tracing"}, "Active"]}
    conditional = {"AWSXRayDaemonWriteAccess": "Traces", "AWSLambdaVPCAccessExecutionRole": "InVpc"}
    role = resources["DrainFunctionRole"]["Properties"]
    policies = []
    for arn in role["ManagedPolicyArns"]:
        # SAM takes the one or the other, by partition. The second is there in all of them.
        arn = arn.replace("AWSXrayWriteOnlyAccess", "AWSXRayDaemonWriteAccess")
        anywhere = {"Fn::Sub": arn.replace("arn:aws:", "arn:${AWS::Partition}:")}
        condition = conditional.get(arn.rsplit("/", 1)[1])
        policies.append({"Fn::If": [condition, anywhere, {"Ref": "AWS::NoValue"}]} if condition else anywhere)
    role["ManagedPolicyArns"] = policies
    resources["DrainFunction"]["Properties"]["TracingConfig"] = {"Fn::If": ["Traces", {"Mode": "Active"}, {"Ref": "AWS::NoValue"}]}
    # A stack set or a stack from Terraform is as good as one from SAM.
    for resource in ("DrainFunction", "DrainFunctionRole"):
        resources[resource]["Properties"].pop("Tags", None)
    resources["DrainFunction"].get("Metadata", {}).pop("SamResourceId", None)
    resources["DrainFunction"]["Metadata"] = {"cfn-lint": {"config": {"ignore_checks": ["W1033"]}}}
    resources["DrainFunction"]["Properties"]["Code"] = {
        "S3Bucket": {"Ref": "CodeBucket"},
        "S3Key": {"Fn::Sub": f"${{CodePrefix}}target-drain-{version}-${{Architecture}}.zip"},
    }
    template["Parameters"] = {
        "CodeBucket": {
            "Type": "String",
            "AllowedPattern": "[a-z0-9.-]{3,63}",
            "ConstraintDescription": "must be the name of an S3 bucket",
            "Description": f"Bucket of this Region with target-drain-{version}-arm64.zip (or -x86_64.zip) in it.",
        },
        "CodePrefix": {
            "Type": "String",
            "Default": "",
            "AllowedPattern": "([A-Za-z0-9_./-]+/)?",
            "ConstraintDescription": "must end with a slash, or be empty",
            "Description": "What comes before the file's name in the bucket, such as target-drain/.",
        },
        **template["Parameters"],
    }
    interface = template["Metadata"]["AWS::CloudFormation::Interface"]
    interface["ParameterGroups"].insert(0, {"Label": {"default": "Code"}, "Parameters": ["CodeBucket", "CodePrefix"]})
    interface["ParameterLabels"].update({"CodeBucket": {"default": "Bucket"}, "CodePrefix": {"default": "Prefix"}})
    body = resources["StackDashboard"]["Properties"]["DashboardBody"]
    body["Fn::Sub"] = json.dumps(json.loads(body["Fn::Sub"]), separators=(",", ":"))
    text = json.dumps(template, separators=(",", ":"), ensure_ascii=False) + "\n"
    for never in ("arn:aws:", "AWS::Serverless"):
        if never in text:
            raise SystemExit(f"{never} is in the packaged template")
    with open(out, "w", encoding="utf-8") as file:
        file.write(text)
    print(f"{out}: {len(text.encode())} bytes")


def changes(version):
    with open(os.path.join(ROOT, "docs", "changelog.md"), encoding="utf-8") as file:
        found = re.search(rf"^## {re.escape(version)}\b[^\n]*\n(.*?)(?=^## |\Z)", file.read(), re.S | re.M)
    if not found:
        raise SystemExit(f"docs/changelog.md has no section {version}")
    print(found.group(1).strip())


def main(arguments):
    template = os.path.join(ROOT, "template.yaml")
    try:
        if arguments[:1] == ["check"]:
            return 0 if check((arguments[1:] or [template])[0]) else 1
        if arguments[:1] == ["package"] and len(arguments) == 2:
            return package(template, arguments[1])
        if arguments[:1] == ["changes"] and len(arguments) == 2:
            return changes(arguments[1])
    except yaml.YAMLError as error:
        print(f"PyYAML's parser, and with it the SAM CLI, refuses the template:\n{error}")
        return 1
    except InvalidDocumentException as error:
        print("SAM refuses the template:\n" + "\n".join(cause.message for cause in error.causes))
        return 1
    print(__doc__)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
