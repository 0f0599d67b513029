"""ELBv2 as its documentation has it."""


def run(checks, clients):
    elb, ec2 = clients["elbv2"], clients["ec2"]
    vpc = ec2.describe_vpcs(Filters=[{"Name": "is-default", "Values": ["true"]}])["Vpcs"][0]["VpcId"]
    subnets = ec2.describe_subnets(Filters=[{"Name": "vpc-id", "Values": [vpc]}])["Subnets"]
    other_vpc = ec2.create_vpc(CidrBlock="10.80.0.0/16")["Vpc"]["VpcId"]
    base = {"Name": "tg-base", "Protocol": "HTTP", "Port": 80, "VpcId": vpc}

    # Values that CreateTargetGroup rejects: what is put over the good request, and the code.
    for changed, code in [
        ({"Protocol": "FTP"}, "ValidationError"), ({"Protocol": None}, "ValidationError"), ({"Port": 0}, "ValidationError"),
        ({"Port": 65536}, "ValidationError"), ({"Port": "eighty"}, "ValidationError"), ({"Port": None}, "ValidationError"),
        ({"VpcId": None}, "ValidationError"), ({"VpcId": "vpc-00000000"}, "ValidationError"), ({"Name": None}, "ValidationError"),
        ({"Name": ""}, "ValidationError"), ({"Name": "a" * 33}, "ValidationError"), ({"Name": "with space"}, "ValidationError"),
        ({"Name": "-begin"}, "ValidationError"), ({"Name": "end-"}, "ValidationError"), ({"Name": "under_score"}, "ValidationError"),
        ({"TargetType": "container"}, "ValidationError"), ({"IpAddressType": "ipv5"}, "ValidationError"),
        ({"HealthCheckProtocol": "UDP"}, "ValidationError"), ({"HealthCheckProtocol": "TCP"}, "ValidationError"),
        ({"HealthCheckProtocol": "ICMP"}, "ValidationError"), ({"HealthCheckPort": "0"}, "ValidationError"),
        ({"HealthCheckPort": "http"}, "ValidationError"), ({"HealthCheckPort": "70000"}, "ValidationError"),
        ({"HealthCheckPath": "health"}, "ValidationError"), ({"HealthCheckPath": "/" + "a" * 1024}, "ValidationError"),
        ({"HealthCheckIntervalSeconds": 4}, "ValidationError"), ({"HealthCheckIntervalSeconds": 301}, "ValidationError"),
        ({"HealthCheckTimeoutSeconds": 1}, "ValidationError"), ({"HealthCheckTimeoutSeconds": 121}, "ValidationError"),
        ({"HealthCheckTimeoutSeconds": 30, "HealthCheckIntervalSeconds": 30}, "ValidationError"),
        ({"HealthyThresholdCount": 1}, "ValidationError"), ({"HealthyThresholdCount": 11}, "ValidationError"),
        ({"UnhealthyThresholdCount": 1}, "ValidationError"), ({"UnhealthyThresholdCount": 11}, "ValidationError"),
        ({"HealthCheckEnabled": False}, "ValidationError"), ({"Matcher": {"HttpCode": "199"}}, "ValidationError"),
        ({"Matcher": {"HttpCode": "500"}}, "ValidationError"), ({"Matcher": {"HttpCode": "ok"}}, "ValidationError"),
        ({"Matcher": {"HttpCode": "299-200"}}, "ValidationError"), ({"Matcher": {"GrpcCode": "0"}}, "ValidationError"),
        ({"ProtocolVersion": "HTTP3"}, "ValidationError"), ({"Protocol": "TCP", "ProtocolVersion": "HTTP2"}, "ValidationError"),
        ({"Protocol": "TCP", "HealthCheckPath": "/x", "HealthCheckProtocol": "TCP"}, "ValidationError"),
        ({"Protocol": "GENEVE", "Port": 80}, "ValidationError"), ({"TargetType": "alb"}, "ValidationError"),
        ({"TargetType": "lambda"}, "ValidationError"), ({"Tags": [{"Key": "a", "Value": "1"}, {"Key": "a", "Value": "2"}]}, "DuplicateTagKeys"),
        ({"Tags": [{"Key": "aws:x", "Value": "1"}]}, "ValidationError"), ({"Tags": [{"Key": "k" * 129, "Value": "1"}]}, "ValidationError"),
        ({"Tags": [{"Key": "k", "Value": "v" * 257}]}, "ValidationError"), ({"Tags": [{"Key": "a<b", "Value": "1"}]}, "ValidationError"),
        ({"Tags": [{"Key": f"k{i}", "Value": ""} for i in range(51)]}, "TooManyTags"), ({"TargetControlPort": 8080}, "NotEmulated"),
    ]:
        request = {name: value for name, value in {**base, **changed}.items() if value is not None}
        checks.refused(f"create_target_group {changed}"[:120], elb.create_target_group, code, **request)
    checks.equal("refused target groups are not there", elb.describe_target_groups()["TargetGroups"], [])

    made = checks.accepted(
        "create_target_group with everything", elb.create_target_group, **base, HealthCheckProtocol="HTTPS", HealthCheckPort="8443",
        HealthCheckPath="/health", HealthCheckIntervalSeconds=17, HealthCheckTimeoutSeconds=6, HealthyThresholdCount=3, UnhealthyThresholdCount=4,
        Matcher={"HttpCode": "200,204"}, Tags=[{"Key": "team", "Value": "web"}])["TargetGroups"][0]
    arn = made["TargetGroupArn"]
    for member, value in {"HealthCheckProtocol": "HTTPS", "HealthCheckPort": "8443", "HealthCheckPath": "/health", "HealthCheckIntervalSeconds": 17,
                          "HealthCheckTimeoutSeconds": 6, "HealthyThresholdCount": 3, "UnhealthyThresholdCount": 4, "Matcher": {"HttpCode": "200,204"},
                          "ProtocolVersion": "HTTP1", "IpAddressType": "ipv4", "TargetType": "instance", "HealthCheckEnabled": True}.items():
        checks.equal(f"a target group keeps {member}", made.get(member), value)
    checks.equal("the same target group again is the same", elb.create_target_group(
        **base, HealthCheckProtocol="HTTPS", HealthCheckPort="8443", HealthCheckPath="/health", HealthCheckIntervalSeconds=17, HealthCheckTimeoutSeconds=6,
        HealthyThresholdCount=3, UnhealthyThresholdCount=4, Matcher={"HttpCode": "200,204"})["TargetGroups"][0]["TargetGroupArn"], arn)
    checks.refused("the same name with other settings", elb.create_target_group, "DuplicateTargetGroupName", **{**base, "Port": 81})
    checks.equal("modify_target_group changes", elb.modify_target_group(TargetGroupArn=arn, HealthCheckPath="/other")["TargetGroups"][0]["HealthCheckPath"], "/other")
    checks.refused("modify_target_group with a timeout above the interval", elb.modify_target_group, "ValidationError", TargetGroupArn=arn, HealthCheckTimeoutSeconds=100)
    tcp = elb.create_target_group(Name="tcp", Protocol="TCP", Port=443, VpcId=vpc)["TargetGroups"][0]
    checks.equal("TCP has no matcher or path", (tcp.get("Matcher"), tcp.get("HealthCheckPath"), tcp["HealthCheckProtocol"]), (None, None, "TCP"))
    grpc = elb.create_target_group(Name="grpc", Protocol="HTTP", ProtocolVersion="GRPC", Port=50051, VpcId=vpc)["TargetGroups"][0]
    checks.equal("GRPC has a gRPC matcher", grpc["Matcher"], {"GrpcCode": "12"})

    # Attributes: key, a value that is refused, one that is accepted (None: the key is not there for HTTP groups).
    for key, bad, good in [
        ("deregistration_delay.timeout_seconds", "3601", "0"), ("deregistration_delay.timeout_seconds", "-1", "3600"),
        ("deregistration_delay.timeout_seconds", "ten", "30"), ("stickiness.enabled", "maybe", "true"), ("stickiness.type", "source_ip", "app_cookie"),
        ("stickiness.lb_cookie.duration_seconds", "0", "604800"), ("stickiness.lb_cookie.duration_seconds", "604801", "1"),
        ("slow_start.duration_seconds", "5", "30"), ("slow_start.duration_seconds", "901", "0"),
        ("load_balancing.algorithm.type", "random", "least_outstanding_requests"), ("load_balancing.cross_zone.enabled", "maybe", "true"),
        ("load_balancing.algorithm.anomaly_mitigation", "yes", "off"), ("stickiness.app_cookie.cookie_name", "AWSALB", "mine"),
        ("target_group_health.dns_failover.minimum_healthy_targets.percentage", "101", "50"), ("proxy_protocol_v2.enabled", "true", None),
        ("preserve_client_ip.enabled", "true", None), ("no.such.key", "1", None), ("", "1", None),
    ]:
        checks.refused(f"attribute {key}={bad}", elb.modify_target_group_attributes, "ValidationError", TargetGroupArn=arn, Attributes=[{"Key": key, "Value": bad}])
        if good is not None:
            checks.accepted(f"attribute {key}={good}", elb.modify_target_group_attributes, TargetGroupArn=arn, Attributes=[{"Key": key, "Value": good}])
    before = elb.describe_target_group_attributes(TargetGroupArn=arn)["Attributes"]
    checks.refused("one bad attribute of two", elb.modify_target_group_attributes, "ValidationError", TargetGroupArn=arn,
                   Attributes=[{"Key": "deregistration_delay.timeout_seconds", "Value": "77"}, {"Key": "stickiness.enabled", "Value": "maybe"}])
    checks.equal("leaves the other as it was", elb.describe_target_group_attributes(TargetGroupArn=arn)["Attributes"], before)

    # Registration.
    ids = [instance["InstanceId"] for instance in ec2.run_instances(ImageId="ami-12345678", MinCount=3, MaxCount=3)["Instances"]]
    stranger = ec2.run_instances(ImageId="ami-12345678", MinCount=1, MaxCount=1, SubnetId=ec2.create_subnet(
        VpcId=other_vpc, CidrBlock="10.80.1.0/24")["Subnet"]["SubnetId"])["Instances"][0]["InstanceId"]
    checks.refused("register an unknown instance", elb.register_targets, "InvalidTarget", TargetGroupArn=arn, Targets=[{"Id": "i-0123456789abcdef0"}])
    checks.refused("register another VPC's instance", elb.register_targets, "InvalidTarget", TargetGroupArn=arn, Targets=[{"Id": ids[0]}, {"Id": stranger}])
    checks.equal("nothing of it was registered", elb.describe_target_health(TargetGroupArn=arn)["TargetHealthDescriptions"], [])
    for targets, code in [([], "ValidationError"), ([{"Id": ids[0], "Port": 0}], "ValidationError"), ([{"Id": ids[0], "Port": 65536}], "ValidationError"),
                          ([{"Port": 80}], "ValidationError"), ([{"Id": ids[0], "AvailabilityZone": "us-east-1a"}], "ValidationError"),
                          ([{"Id": ids[0], "QuicServerId": "0x0"}], "ValidationError"), ([{"Id": ids[0], "Colour": "red"}], None)]:
        if code:
            checks.refused(f"register {targets}"[:110], elb.register_targets, code, TargetGroupArn=arn, Targets=targets)
    checks.refused("register in a group that is not there", elb.register_targets, "TargetGroupNotFound", Targets=[{"Id": ids[0]}],
                   TargetGroupArn=arn[:-4] + "0000")
    checks.refused("register in no ARN", elb.register_targets, "ValidationError", TargetGroupArn="web", Targets=[{"Id": ids[0]}])
    checks.refused("more targets than a group can hold", elb.register_targets, "TooManyTargets", TargetGroupArn=arn,
                   Targets=[{"Id": ids[0], "Port": port} for port in range(1, 1002)])
    checks.equal("registers none of them", elb.describe_target_health(TargetGroupArn=arn)["TargetHealthDescriptions"], [])
    checks.accepted("register", elb.register_targets, TargetGroupArn=arn, Targets=[{"Id": ids[0]}, {"Id": ids[1], "Port": 8080}])
    health = elb.describe_target_health(TargetGroupArn=arn)["TargetHealthDescriptions"]
    checks.equal("unused without a listener", {item["TargetHealth"]["Reason"] for item in health}, {"Target.NotInUse"})
    checks.equal("the health check's port is the group's", {item["HealthCheckPort"] for item in health}, {"8443"})
    checks.equal("an unregistered target is unused", elb.describe_target_health(TargetGroupArn=arn, Targets=[{"Id": ids[2]}])["TargetHealthDescriptions"][0]["TargetHealth"],
                 {"State": "unused", "Reason": "Target.NotRegistered", "Description": "Target is not registered to the target group"})
    checks.refused("health of no id", elb.describe_target_health, "ValidationError", TargetGroupArn=arn, Targets=[{"Id": "web-1"}])
    checks.refused("health of an unknown group", elb.describe_target_health, "TargetGroupNotFound", TargetGroupArn=arn[:-4] + "0000")
    checks.refused("health including the weather", elb.describe_target_health, "ValidationError", TargetGroupArn=arn, Include=["Weather"])
    checks.accepted("deregistering what is not there is success", elb.deregister_targets, TargetGroupArn=arn, Targets=[{"Id": ids[2]}])
    elb.deregister_targets(TargetGroupArn=arn, Targets=[{"Id": ids[1]}])
    checks.equal("without its port it stays", len(elb.describe_target_health(TargetGroupArn=arn)["TargetHealthDescriptions"]), 2)

    # Load balancers, listeners, rules.
    two = [subnets[0]["SubnetId"], subnets[1]["SubnetId"]]
    for changed, code in [
        ({"Subnets": [two[0]]}, "ValidationError"), ({"Subnets": []}, "ValidationError"), ({"Subnets": [two[0], "subnet-00000000"]}, "SubnetNotFound"),
        ({"Subnets": [two[0], two[0]]}, ("InvalidConfigurationRequest", "ValidationError")), ({"Name": "internal-x"}, "ValidationError"),
        ({"Name": "a" * 33}, "ValidationError"), ({"Name": "no_good"}, "ValidationError"), ({"Type": "classic"}, "ValidationError"),
        ({"Scheme": "public"}, "ValidationError"), ({"IpAddressType": "ipx"}, "ValidationError"), ({"SecurityGroups": ["sg-00000000"]}, "InvalidSecurityGroup"),
        ({"SubnetMappings": [{"SubnetId": two[0]}]}, "ValidationError"), ({"CustomerOwnedIpv4Pool": "ipv4pool-coip-1"}, "NotEmulated"),
        ({"Tags": [{"Key": "a", "Value": "1"}, {"Key": "a", "Value": "1"}]}, "DuplicateTagKeys"),
    ]:
        checks.refused(f"create_load_balancer {changed}"[:110], elb.create_load_balancer, code, **{"Name": "lb", "Subnets": two, **changed})
    balancer = checks.accepted("create_load_balancer", elb.create_load_balancer, Name="lb", Subnets=two, Tags=[{"Key": "a", "Value": "1"}])["LoadBalancers"][0]
    for member in ("CanonicalHostedZoneId", "AvailabilityZones", "SecurityGroups", "DNSName", "State", "VpcId", "Scheme", "IpAddressType", "CreatedTime", "Type"):
        checks.hold(f"a load balancer has {member}", balancer.get(member))
    checks.equal("its zones", sorted(zone["ZoneName"] for zone in balancer["AvailabilityZones"]), ["us-east-1a", "us-east-1b"])
    forward = [{"Type": "forward", "TargetGroupArn": arn}]
    for changed, code in [
        ({"Protocol": "TCP"}, "ValidationError"), ({"Protocol": "INVALID"}, "ValidationError"), ({"Port": 0}, "ValidationError"), ({"Port": None}, "ValidationError"),
        ({"Protocol": None}, "ValidationError"), ({"DefaultActions": []}, "ValidationError"), ({"DefaultActions": [{"Type": "dance"}]}, "ValidationError"),
        ({"DefaultActions": [{"Type": "forward"}]}, "ValidationError"), ({"DefaultActions": [{"Type": "redirect"}]}, "ValidationError"),
        ({"DefaultActions": [{"Type": "forward", "TargetGroupArn": arn[:-4] + "0000"}]}, "TargetGroupNotFound"),
        ({"DefaultActions": [{"Type": "forward", "TargetGroupArn": tcp["TargetGroupArn"]}]}, "IncompatibleProtocols"),
        ({"DefaultActions": [{"Type": "fixed-response", "FixedResponseConfig": {"StatusCode": "999"}}]}, "ValidationError"),
        ({"Protocol": "HTTPS"}, "ValidationError"), ({"Certificates": [{"CertificateArn": "arn:aws:acm:x"}]}, "ValidationError"),
        ({"LoadBalancerArn": balancer["LoadBalancerArn"][:-4] + "0000"}, "LoadBalancerNotFound"), ({"MutualAuthentication": {"Mode": "off"}}, "NotEmulated"),
        ({"DefaultActions": [{"Type": "forward", "ForwardConfig": {"TargetGroups": [{"TargetGroupArn": arn, "Weight": 1000}]}}]}, "ValidationError"),
    ]:
        request = {"LoadBalancerArn": balancer["LoadBalancerArn"], "Protocol": "HTTP", "Port": 80, "DefaultActions": forward, **changed}
        checks.refused(f"create_listener {changed}"[:110], elb.create_listener, code, **{name: value for name, value in request.items() if value is not None})
    listener = checks.accepted("create_listener", elb.create_listener, LoadBalancerArn=balancer["LoadBalancerArn"], Protocol="HTTP", Port=80, DefaultActions=forward)["Listeners"][0]
    checks.equal("a listener's action comes back", listener["DefaultActions"][0]["TargetGroupArn"], arn)
    checks.refused("a second listener on the port", elb.create_listener, "DuplicateListener", LoadBalancerArn=balancer["LoadBalancerArn"], Protocol="HTTP", Port=80, DefaultActions=forward)
    fixed = elb.create_listener(LoadBalancerArn=balancer["LoadBalancerArn"], Protocol="HTTP", Port=81, DefaultActions=[
        {"Type": "fixed-response", "FixedResponseConfig": {"StatusCode": "503", "ContentType": "text/plain", "MessageBody": "later"}}])["Listeners"][0]
    checks.equal("a fixed response comes back", fixed["DefaultActions"][0]["FixedResponseConfig"], {"StatusCode": "503", "ContentType": "text/plain", "MessageBody": "later"})
    checks.equal("the group knows its load balancer", elb.describe_target_groups(TargetGroupArns=[arn])["TargetGroups"][0]["LoadBalancerArns"], [balancer["LoadBalancerArn"]])
    checks.refused("deleting a group in use", elb.delete_target_group, "ResourceInUse", TargetGroupArn=arn)
    checks.hold("a new target is initial at first", elb.describe_target_health(TargetGroupArn=arn)["TargetHealthDescriptions"][0]["TargetHealth"]["State"] in ("initial", "healthy"))
    rule = dict(ListenerArn=listener["ListenerArn"], Priority=10, Actions=forward, Conditions=[{"Field": "path-pattern", "Values": ["/a"]}])
    checks.accepted("create_rule", elb.create_rule, **rule)
    for changed, code in [({}, "PriorityInUse"), ({"Priority": 0}, "ValidationError"), ({"Priority": 50001}, "ValidationError"),
                          ({"Priority": 11, "Conditions": []}, "ValidationError"), ({"Priority": 11, "Conditions": [{"Field": "weather", "Values": ["x"]}]}, "ValidationError"),
                          ({"Priority": 11, "Conditions": [{"Field": "path-pattern", "PathPatternConfig": {"Values": [str(i) for i in range(6)]}}]}, "TooManyConditionValues"),
                          ({"Priority": 11, "Conditions": [{"Field": "path-pattern", "Values": ["/a", "/b"]}]}, "ValidationError"),
                          ({"ListenerArn": listener["ListenerArn"][:-4] + "0000", "Priority": 11}, "ListenerNotFound")]:
        checks.refused(f"create_rule {changed}"[:110], elb.create_rule, code, **{**rule, **changed})
    rules = elb.describe_rules(ListenerArn=listener["ListenerArn"])["Rules"]
    checks.equal("rules end in the default one", [(item["Priority"], item["IsDefault"]) for item in rules], [("10", False), ("default", True)])
    checks.refused("the default rule stays", elb.delete_rule, "OperationNotPermitted", RuleArn=rules[1]["RuleArn"])

    # Reading: names, pages, tags.
    for number in range(5):
        elb.create_target_group(Name=f"page-{number}", Protocol="TCP", Port=80, VpcId=vpc)
        elb.create_load_balancer(Name=f"nlb-{number}", Type="network", Subnets=[two[0]])
    pages = [len(page["TargetGroups"]) for page in elb.get_paginator("describe_target_groups").paginate(PaginationConfig={"PageSize": 3})]
    checks.equal("target groups come in pages", pages, [3, 3, 2])
    checks.equal("load balancers come in pages", [len(page["LoadBalancers"]) for page in elb.get_paginator("describe_load_balancers").paginate(
        PaginationConfig={"PageSize": 4})], [4, 2])
    for call, request, code in [
        ("describe_target_groups", {"PageSize": 0}, "ValidationError"), ("describe_target_groups", {"PageSize": 401}, "ValidationError"),
        ("describe_target_groups", {"Names": ["none"]}, "TargetGroupNotFound"), ("describe_target_groups", {"Names": ["tcp"], "TargetGroupArns": [arn]}, "ValidationError"),
        ("describe_target_groups", {"Marker": "zz"}, "ValidationError"), ("describe_target_groups", {"LoadBalancerArn": "lb"}, "ValidationError"),
        ("describe_load_balancers", {"Names": ["none"]}, "LoadBalancerNotFound"), ("describe_load_balancers", {"PageSize": 401}, "ValidationError"),
        ("describe_listeners", {}, "ValidationError"), ("describe_listeners", {"ListenerArns": [listener["ListenerArn"][:-4] + "0000"]}, "ListenerNotFound"),
        ("describe_tags", {"ResourceArns": [arn] * 21}, "ValidationError"), ("describe_tags", {"ResourceArns": []}, "ValidationError"),
        ("describe_tags", {"ResourceArns": [arn[:-4] + "0000"]}, "TargetGroupNotFound"), ("add_tags", {"ResourceArns": [arn], "Tags": []}, "ValidationError"),
        ("add_tags", {"ResourceArns": [arn], "Tags": [{"Key": "x", "Value": "1"}, {"Key": "x", "Value": "2"}]}, "DuplicateTagKeys"),
        ("add_tags", {"ResourceArns": [arn, arn[:-4] + "0000"], "Tags": [{"Key": "half", "Value": "1"}]}, "TargetGroupNotFound"),
        ("remove_tags", {"ResourceArns": [arn]}, "ValidationError"),
    ]:
        checks.refused(f"{call} {str(request)[:70]}", getattr(elb, call), code, **request)
    checks.equal("tags", elb.describe_tags(ResourceArns=[arn])["TagDescriptions"][0]["Tags"], [{"Key": "team", "Value": "web"}])
    checks.equal("a load balancer's tags", elb.describe_tags(ResourceArns=[balancer["LoadBalancerArn"]])["TagDescriptions"][0]["Tags"], [{"Key": "a", "Value": "1"}])
    elb.modify_load_balancer_attributes(LoadBalancerArn=balancer["LoadBalancerArn"], Attributes=[{"Key": "deletion_protection.enabled", "Value": "true"}])
    checks.refused("a protected load balancer", elb.delete_load_balancer, "OperationNotPermitted", LoadBalancerArn=balancer["LoadBalancerArn"])
    elb.modify_load_balancer_attributes(LoadBalancerArn=balancer["LoadBalancerArn"], Attributes=[{"Key": "deletion_protection.enabled", "Value": "false"}])
    checks.refused("idle timeout 0", elb.modify_load_balancer_attributes, "ValidationError", LoadBalancerArn=balancer["LoadBalancerArn"],
                   Attributes=[{"Key": "idle_timeout.timeout_seconds", "Value": "0"}])
    elb.delete_load_balancer(LoadBalancerArn=balancer["LoadBalancerArn"])
    checks.accepted("its groups are free again", elb.delete_target_group, TargetGroupArn=arn)
    checks.accepted("deleting again is success", elb.delete_target_group, TargetGroupArn=arn)
