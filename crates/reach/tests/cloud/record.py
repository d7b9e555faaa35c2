"""Makes seeded requests with policies, and records what PyPI's principalmapper decides of them, as cases of `cloud_aws.rs`:

    pip install principalmapper==1.1.5
    python record.py 2 330 > principalmapper.yaml

The arguments are the seed and the number of cases. Its local simulator asks no one. The generator leaves out what it does not
claim to decide: sessions, and operators that it does not know.
"""

import collections
import collections.abc
import json
import random
import sys

# The package was written for a Python that had these names there.
collections.Mapping = collections.abc.Mapping
collections.MutableMapping = collections.abc.MutableMapping

from principalmapper.common.nodes import Node
from principalmapper.common.policies import Policy
from principalmapper.querying.query_interface import local_check_authorization_full

ACCOUNT, OTHER = "111111111111", "222222222222"
ASKERS = [f"arn:aws:iam::{ACCOUNT}:user/anna", f"arn:aws:iam::{ACCOUNT}:role/app"]
ACTIONS = ["s3:GetObject", "s3:PutObject", "s3:GetObjectTagging"]
RESOURCES = ["arn:aws:s3:::data/a/key", "arn:aws:s3:::data/b", "arn:aws:s3:::other/key"]
ACTION_PATTERNS = ACTIONS + ["s3:Get*", "S3:getobject", "s3:*Object", "*", "ec2:*"]
RESOURCE_PATTERNS = RESOURCES + ["arn:aws:s3:::data/*", "arn:aws:s3:::*/key", "*",
                                 "arn:aws:s3:::${aws:PrincipalTag/bucket}/*"]
VALUES = {
    "aws:SourceIp": ["10.0.0.1", "192.0.2.7"],
    "aws:SecureTransport": ["true", "false"],
    "aws:PrincipalTag/bucket": ["data", "other"],
    "aws:RequestedRegion": ["eu-west-1", "us-east-1"],
    "s3:max-keys": ["5", "50"],
    "aws:SourceArn": ["arn:aws:sns:eu-west-1:111111111111:t", "arn:aws:sns:us-east-1:111111111111:t"],
    "aws:CurrentTime": ["2026-01-01T00:00:00Z", "2026-06-01T00:00:00Z"],
}
CONDITIONS = [
    ("StringEquals", "aws:RequestedRegion", ["eu-west-1", ["eu-west-1", "us-east-1"], "EU-west-1"]),
    ("StringNotEquals", "aws:RequestedRegion", ["eu-west-1", "eu-north-1"]),
    ("StringEqualsIgnoreCase", "aws:RequestedRegion", ["EU-West-1"]),
    ("StringLike", "aws:RequestedRegion", ["eu-*", "*-west-1"]),
    ("StringNotLike", "aws:RequestedRegion", ["eu-*"]),
    ("StringEqualsIfExists", "aws:RequestedRegion", ["eu-west-1"]),
    ("IpAddress", "aws:SourceIp", ["10.0.0.0/8", "192.0.2.7"]),
    ("NotIpAddress", "aws:SourceIp", ["10.0.0.0/8"]),
    ("Bool", "aws:SecureTransport", ["true", "false"]),
    ("Null", "aws:SourceIp", ["true", "false"]),
    ("NumericLessThan", "s3:max-keys", ["10"]),
    ("NumericGreaterThanEquals", "s3:max-keys", ["50"]),
    ("ArnLike", "aws:SourceArn", ["arn:aws:sns:eu-*:*:t", "arn:aws:sns:*:*:t"]),
    ("DateGreaterThan", "aws:CurrentTime", ["2026-03-01T00:00:00Z"]),
]


def statement(source, principal=False):
    made = {"Effect": "Deny" if source.random() < 0.2 else "Allow"}
    made["NotAction" if source.random() < 0.15 else "Action"] = source.sample(ACTION_PATTERNS, source.randint(1, 2))
    made["NotResource" if source.random() < 0.15 else "Resource"] = source.sample(RESOURCE_PATTERNS, source.randint(1, 2))
    if source.random() < 0.4:
        operator, key, values = source.choice(CONDITIONS)
        made["Condition"] = {operator: {key: source.choice(values)}}
    if principal:
        made["Principal"] = source.choice(["*", {"AWS": "*"}, {"AWS": ASKERS[0]}, {"AWS": ASKERS}, {"AWS": ACCOUNT},
                                           {"AWS": f"arn:aws:iam::{ACCOUNT}:root"}, {"Service": "ec2.amazonaws.com"}])
    return made


def document(source, principal=False):
    return {"Version": "2012-10-17", "Statement": [statement(source, principal) for _ in range(source.randint(1, 2))]}


def maybe(source, chance, make):
    return make() if source.random() < chance else None


def case(source, number):
    return {
        "name": f"case {number}",
        "principal": source.choice(ASKERS),
        "action": source.choice(ACTIONS),
        "resource": source.choice(RESOURCES),
        "account": source.choice([ACCOUNT, ACCOUNT, OTHER]),
        "identity": [document(source) for _ in range(source.randint(0, 2))],
        "boundary": maybe(source, 0.2, lambda: document(source)),
        "organization": maybe(source, 0.2, lambda: [[document(source)]]),
        "may": maybe(source, 0.35, lambda: document(source, True)),
        # Every request has a time.
        "context": {key: source.choice(values) for key, values in VALUES.items() 
                    if key == "aws:CurrentTime" or source.random() < 0.6},
    }


def policy(text):
    return Policy("arn:aws:iam::%s:policy/p" % ACCOUNT, "p", text)


def decide(case):
    asker = case["principal"]
    is_role = ":role/" in asker
    trust = {"Version": "2012-10-17", "Statement": []} if is_role else None
    boundary = policy(case["boundary"]) if case["boundary"] else None
    node = Node(asker, "AIDA0", [policy(text) for text in case["identity"]], [], trust, [] if is_role else None,
                0, False, False, boundary, False, {})
    organization = case["organization"]
    levels = [[policy(text) for text in level] for level in organization] if organization else None
    # The one who owns the resource is only asked where it has a policy.
    return local_check_authorization_full(node, case["action"], case["resource"], dict(case["context"]), case["may"],
                                          case["account"], levels, None)


def main():
    source = random.Random(int(sys.argv[1]))
    print("# Requests with what PyPI's principalmapper decides of them. Written by record.py.")
    for number in range(int(sys.argv[2])):
        made = case(source, number)
        if made["may"] is None:
            made["account"] = ACCOUNT
        decided = decide(made)
        made["whole"] = True
        lines = [f"{key}: {json.dumps(value)}" for key, value in made.items() if value is not None]
        if number:
            print("---")
        print("\n".join(lines + [f"expect: {json.dumps(decided)}"]))


main()
