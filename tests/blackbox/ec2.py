"""EC2 as its documentation has it."""


def run(checks, clients):
    ec2 = clients["ec2"]
    vpc = ec2.describe_vpcs(Filters=[{"Name": "is-default", "Values": ["true"]}])["Vpcs"][0]["VpcId"]
    subnet = ec2.describe_subnets(Filters=[{"Name": "vpc-id", "Values": [vpc]}])["Subnets"][0]
    run = {"ImageId": "ami-12345678", "MinCount": 1, "MaxCount": 1}
    count = len(ec2.describe_instances()["Reservations"])
    for changed, code in [
        ({"ImageId": None}, "MissingParameter"), ({"MinCount": None}, "MissingParameter"), ({"MaxCount": None}, "MissingParameter"),
        ({"MinCount": 0}, "InvalidParameterValue"), ({"MaxCount": -1}, "InvalidParameterValue"), ({"MinCount": 2}, "InvalidParameterValue"),
        ({"MaxCount": "many"}, "InvalidParameterValue"), ({"MaxCount": 100000}, "InstanceLimitExceeded"), ({"ImageId": "image"}, "InvalidAMIID.Malformed"),
        ({"InstanceType": "huge"}, "InvalidParameterValue"), ({"SubnetId": "subnet-00000000"}, "InvalidSubnetID.NotFound"),
        ({"SubnetId": "network"}, "InvalidSubnetID.Malformed"), ({"KeyName": "none"}, "InvalidKeyPair.NotFound"),
        ({"SecurityGroupIds": ["sg-00000000"]}, "InvalidGroup.NotFound"), ({"PrivateIpAddress": "10.99.0.1"}, "InvalidParameterValue"),
        ({"PrivateIpAddress": "nowhere"}, "InvalidParameterValue"), ({"Placement": {"AvailabilityZone": "us-east-1z"}}, "InvalidParameterValue"),
        ({"Placement": {"Tenancy": "shared"}}, "InvalidParameterValue"), ({"IamInstanceProfile": {"Name": "x"}}, "NotEmulated"),
        ({"BlockDeviceMappings": [{"DeviceName": "/dev/sda1"}]}, "NotEmulated"), ({"EbsOptimized": True}, "NotEmulated"),
        ({"TagSpecifications": [{"ResourceType": "queue", "Tags": []}]}, "InvalidParameterValue"),
        ({"TagSpecifications": [{"ResourceType": "instance", "Tags": [{"Key": "a", "Value": "1"}, {"Key": "a", "Value": "2"}]}]}, "InvalidParameterValue"),
        ({"TagSpecifications": [{"ResourceType": "instance", "Tags": [{"Key": "aws:a", "Value": "1"}]}]}, "InvalidParameterValue"),
        ({"TagSpecifications": [{"ResourceType": "instance", "Tags": [{"Key": f"k{i}", "Value": ""} for i in range(51)]}]}, "TagLimitExceeded"),
        ({"SubnetId": subnet["SubnetId"], "NetworkInterfaces": [{"DeviceIndex": 0}]}, "InvalidParameterCombination"),
        ({"NetworkInterfaces": [{"DeviceIndex": 0}, {"DeviceIndex": 0}]}, "InvalidParameterValue"), ({"LaunchTemplate": {"LaunchTemplateName": "none"}}, "InvalidLaunchTemplateName.NotFoundException"),
        ({"UserData": "***"}, None),
    ]:
        if code:
            checks.refused(f"run_instances {changed}"[:110], ec2.run_instances, code, **{name: value for name, value in {**run, **changed}.items() if value is not None})
    checks.equal("refused launches left nothing", len(ec2.describe_instances()["Reservations"]), count)

    instance = checks.accepted("run_instances", ec2.run_instances, **run, InstanceType="m7g.large", Monitoring={"Enabled": True}, ClientToken="once",
                               Placement={"AvailabilityZone": "us-east-1b", "Tenancy": "default"},
                               TagSpecifications=[{"ResourceType": "instance", "Tags": [{"Key": "Name", "Value": "one"}]}])["Instances"][0]
    one = instance["InstanceId"]
    checks.equal("the same client token is the same instance", ec2.run_instances(**run, ClientToken="once")["Instances"][0]["InstanceId"], one)
    for member, value in {"Architecture": "arm64", "InstanceType": "m7g.large", "ClientToken": "once", "AmiLaunchIndex": 0, "RootDeviceType": "ebs"}.items():
        checks.equal(f"an instance has {member}", instance.get(member), value)
    checks.equal("its zone and tenancy", (instance["Placement"]["AvailabilityZone"], instance["Placement"]["Tenancy"]), ("us-east-1b", "default"))
    checks.equal("its monitoring", instance["Monitoring"]["State"], "enabled")
    checks.hold("its security group", instance["SecurityGroups"])

    # A dry run says 412 and changes nothing, wherever there is one.
    two = ec2.run_instances(**run)["Instances"][0]["InstanceId"]
    for name, request in [
        ("run_instances", run), ("terminate_instances", {"InstanceIds": [one]}), ("stop_instances", {"InstanceIds": [one]}), ("start_instances", {"InstanceIds": [one]}),
        ("reboot_instances", {"InstanceIds": [one]}), ("create_vpc", {"CidrBlock": "10.1.0.0/16"}), ("create_subnet", {"VpcId": vpc, "CidrBlock": "172.31.200.0/24"}),
        ("describe_instances", {}), ("describe_vpcs", {}), ("describe_subnets", {}), ("describe_network_interfaces", {}),
        ("create_tags", {"Resources": [one], "Tags": [{"Key": "dry", "Value": "1"}]}), ("delete_tags", {"Resources": [one]}),
        ("create_network_interface", {"SubnetId": subnet["SubnetId"]}), ("create_launch_template", {"LaunchTemplateName": "dry", "LaunchTemplateData": {"ImageId": "ami-12345678"}}),
        ("describe_availability_zones", {}), ("describe_instance_status", {}), ("delete_subnet", {"SubnetId": ec2.create_subnet(
            VpcId=ec2.create_vpc(CidrBlock="10.81.0.0/16")["Vpc"]["VpcId"], CidrBlock="10.81.0.0/24")["Subnet"]["SubnetId"]}),
    ]:
        checks.refused(f"{name} as a dry run", getattr(ec2, name), "DryRunOperation", 412, DryRun=True, **request)
    found = ec2.describe_instances(InstanceIds=[one])["Reservations"][0]["Instances"][0]
    checks.equal("dry runs changed nothing", (found["State"]["Name"], found["Tags"]), ("running", [{"Key": "Name", "Value": "one"}]))
    checks.refused("a dry run of what is wrong is that error", ec2.terminate_instances, "InvalidInstanceID.NotFound", DryRun=True, InstanceIds=["i-0123456789abcdef0"])

    for name, request, code in [
        ("terminate_instances", {"InstanceIds": ["i-bad"]}, "InvalidInstanceID.Malformed"), ("terminate_instances", {"InstanceIds": ["web"]}, "InvalidInstanceID.Malformed"),
        ("terminate_instances", {"InstanceIds": [one, "i-0123456789abcdef0"]}, "InvalidInstanceID.NotFound"), ("terminate_instances", {}, "InvalidParameterCombination"),
        ("terminate_instances", {"InstanceIds": []}, "InvalidParameterCombination"), ("stop_instances", {"InstanceIds": [two, "i-0123456789abcdef0"]}, "InvalidInstanceID.NotFound"),
        ("stop_instances", {"InstanceIds": [two], "Hibernate": True}, "UnsupportedHibernationConfiguration"),
        ("describe_instances", {"InstanceIds": [one], "MaxResults": 5}, "InvalidParameterCombination"), ("describe_instances", {"MaxResults": 4}, "InvalidParameterValue"),
        ("describe_instances", {"MaxResults": 1001}, "InvalidParameterValue"), ("describe_instances", {"NextToken": "zz"}, "InvalidParameterValue"),
        ("describe_instances", {"Filters": [{"Name": "weather", "Values": ["sun"]}]}, "InvalidParameterValue"),
        ("describe_instances", {"Filters": [{"Name": "instance-id", "Values": [one] * 201}]}, "FilterLimitExceeded"),
        ("describe_vpcs", {"VpcIds": ["vpc-0123456789abcdef0"]}, "InvalidVpcID.NotFound"), ("describe_vpcs", {"VpcIds": ["network"]}, "InvalidVpcID.Malformed"),
        ("describe_vpcs", {"Filters": [{"Name": "weather", "Values": ["sun"]}]}, "InvalidParameterValue"), ("describe_vpcs", {"MaxResults": 4}, "InvalidParameterValue"),
        ("describe_subnets", {"SubnetIds": ["subnet-0123456789abcdef0"]}, "InvalidSubnetID.NotFound"), ("describe_subnets", {"SubnetIds": ["x"]}, "InvalidSubnetID.Malformed"),
        ("describe_subnets", {"Filters": [{"Name": "weather", "Values": ["sun"]}]}, "InvalidParameterValue"),
        ("describe_network_interfaces", {"NetworkInterfaceIds": ["eni-0123456789abcdef0"]}, "InvalidNetworkInterfaceID.NotFound"),
        ("describe_network_interfaces", {"Filters": [{"Name": "private-ip-address", "Values": ["10.0.0.1"] * 201}]}, "FilterLimitExceeded"),
        ("create_vpc", {"CidrBlock": "10.0.0.0/8"}, "InvalidVpc.Range"), ("create_vpc", {"CidrBlock": "10.0.0.0/29"}, "InvalidVpc.Range"),
        ("create_vpc", {"CidrBlock": "everything"}, "InvalidParameterValue"), ("create_vpc", {}, "MissingParameter"), ("create_vpc", {"CidrBlock": "10.0.0.0/16", "InstanceTenancy": "x"}, "InvalidParameterValue"),
        ("create_vpc", {"CidrBlock": "10.0.0.0/16", "AmazonProvidedIpv6CidrBlock": True}, "NotEmulated"),
        ("create_subnet", {"VpcId": vpc, "CidrBlock": "10.0.0.0/24"}, "InvalidSubnet.Range"), ("create_subnet", {"VpcId": vpc, "CidrBlock": "172.31.0.0/24"}, "InvalidSubnet.Conflict"),
        ("create_subnet", {"VpcId": vpc, "CidrBlock": "172.31.200.0/29"}, "InvalidSubnet.Range"), ("create_subnet", {"VpcId": "vpc-0123456789abcdef0", "CidrBlock": "172.31.200.0/24"}, "InvalidVpcID.NotFound"),
        ("create_subnet", {"VpcId": vpc, "CidrBlock": "172.31.200.0/24", "AvailabilityZone": "moon"}, "InvalidParameterValue"), ("delete_vpc", {"VpcId": vpc}, "DependencyViolation"),
        ("create_tags", {"Resources": ["i-0123456789abcdef0"], "Tags": [{"Key": "a", "Value": "b"}]}, "InvalidInstanceID.NotFound"),
        ("create_tags", {"Resources": [one, "vpc-0123456789abcdef0"], "Tags": [{"Key": "half", "Value": "b"}]}, "InvalidVpcID.NotFound"),
        ("create_tags", {"Resources": [one], "Tags": [{"Key": "a", "Value": "1"}, {"Key": "a", "Value": "2"}]}, "InvalidParameterValue"),
        ("attach_network_interface", {"NetworkInterfaceId": "eni-0123456789abcdef0", "InstanceId": one, "DeviceIndex": 1}, "InvalidNetworkInterfaceID.NotFound"),
        ("describe_images", {}, "InvalidAction"),
    ]:
        checks.refused(f"{name} {str(request)[:80]}", getattr(ec2, name), code, **request)
    checks.equal("half a request did nothing", ec2.describe_instances(InstanceIds=[two])["Reservations"][0]["Instances"][0]["State"]["Name"], "running")
    checks.hold("half a tagging did nothing", "half" not in [tag["Key"] for tag in ec2.describe_instances(InstanceIds=[one])["Reservations"][0]["Instances"][0]["Tags"]])

    # Filters filter.
    for name, value, many in [("tag-value", "o*", True), ("owner-id", "123456789012", True), ("network-interface.owner-id", "123456789012", True), ("owner-id", "999999999999", False), ("tag-value", "nobody's", False)]:
        checks.equal(f"instances by {name} {value}", bool(ec2.describe_instances(Filters=[{"Name": name, "Values": [value]}])["Reservations"]), many)
    for name in ("vpcs", "subnets", "network_interfaces"):
        found = [call(Filters=[{"Name": "owner-id", "Values": [owner]}]) for call in [getattr(ec2, f"describe_{name}")] for owner in ("123456789012", "999999999999")]
        checks.equal(f"{name} by owner", [any(value for value in answer.values() if isinstance(value, list)) for answer in found], [True, False])
    checks.equal("instances by tag", [item["Instances"][0]["InstanceId"] for item in ec2.describe_instances(Filters=[{"Name": "tag:Name", "Values": ["o*"]}])["Reservations"]], [one])
    made = ec2.create_vpc(CidrBlock="10.7.0.9/16", TagSpecifications=[{"ResourceType": "vpc", "Tags": [{"Key": "Name", "Value": "mine"}]}])["Vpc"]
    checks.equal("host bits are cut off", made["CidrBlock"], "10.7.0.0/16")
    checks.equal("a VPC's tags come back", made["Tags"], [{"Key": "Name", "Value": "mine"}])
    for name, value in [("tag:Name", "mine"), ("cidr", "10.7.0.0/16"), ("vpc-id", made["VpcId"])]:
        checks.equal(f"VPCs by {name}", [item["VpcId"] for item in ec2.describe_vpcs(Filters=[{"Name": name, "Values": [value]}])["Vpcs"]], [made["VpcId"]])
    for name, value, number in [("availability-zone", "us-east-1a", 1), ("default-for-az", "true", 3), ("cidr-block", "172.31.0.0/20", 1), ("subnet-id", subnet["SubnetId"], 1)]:
        checks.equal(f"subnets by {name}", len(ec2.describe_subnets(Filters=[{"Name": name, "Values": [value]}, {"Name": "vpc-id", "Values": [vpc]}])["Subnets"]), number)
    card = instance["NetworkInterfaces"][0]
    for name, value in [("addresses.private-ip-address", card["PrivateIpAddress"]), ("private-ip-address", card["PrivateIpAddress"]), ("attachment.instance-id", one),
                        ("network-interface-id", card["NetworkInterfaceId"]), ("mac-address", card["MacAddress"])]:
        found = ec2.describe_network_interfaces(Filters=[{"Name": name, "Values": [value]}, {"Name": "vpc-id", "Values": [vpc]}])["NetworkInterfaces"]
        checks.equal(f"interfaces by {name}", [item["NetworkInterfaceId"] for item in found], [card["NetworkInterfaceId"]])
    checks.equal("subnets by nothing that is there", ec2.describe_subnets(Filters=[{"Name": "vpc-id", "Values": ["vpc-0"]}])["Subnets"], [])
    pages = [sum(len(item["Instances"]) for item in page["Reservations"]) for page in ec2.get_paginator("describe_instances").paginate(PaginationConfig={"PageSize": 5})]
    checks.hold("instances come in pages", all(size == 5 for size in pages[:-1]) and 0 < pages[-1] <= 5, str(pages))

    # Interfaces, and what an ending looks like.
    spare = ec2.create_network_interface(SubnetId=card["SubnetId"], Description="spare", PrivateIpAddresses=[{"PrivateIpAddress": "172.31.16.77", "Primary": True}])["NetworkInterface"]
    checks.equal("a spare interface", (spare["Status"], spare["PrivateIpAddress"], spare["Description"]), ("available", "172.31.16.77", "spare"))
    checks.refused("its address again", ec2.create_network_interface, "InvalidIPAddress.InUse", SubnetId=card["SubnetId"], PrivateIpAddress="172.31.16.77")
    attachment = ec2.attach_network_interface(NetworkInterfaceId=spare["NetworkInterfaceId"], InstanceId=one, DeviceIndex=1)["AttachmentId"]
    checks.refused("deleting it while attached", ec2.delete_network_interface, "InvalidNetworkInterface.InUse", NetworkInterfaceId=spare["NetworkInterfaceId"])
    checks.accepted("detach it", ec2.detach_network_interface, AttachmentId=attachment)
    checks.accepted("delete it", ec2.delete_network_interface, NetworkInterfaceId=spare["NetworkInterfaceId"])
    stopped = ec2.stop_instances(InstanceIds=[two])["StoppingInstances"][0]
    checks.equal("stopping", (stopped["PreviousState"]["Name"], stopped["CurrentState"]["Name"]), ("running", "stopping"))
    checks.refused("starting what is stopping", ec2.start_instances, "IncorrectInstanceState", InstanceIds=[two])
    ended = ec2.terminate_instances(InstanceIds=[one])["TerminatingInstances"][0]
    checks.equal("terminating", (ended["PreviousState"]["Name"], ended["CurrentState"]["Name"]), ("running", "shutting-down"))
    found = ec2.describe_instances(InstanceIds=[one])["Reservations"][0]["Instances"][0]
    checks.equal("it says why", found["StateReason"]["Code"], "Client.UserInitiatedShutdown")
    checks.equal("its interface is detaching", ec2.describe_network_interfaces(Filters=[{"Name": "attachment.instance-id", "Values": [one]}])
                 ["NetworkInterfaces"][0]["Attachment"]["Status"], "detaching")
    checks.refused("stopping what is dying", ec2.stop_instances, "IncorrectInstanceState", InstanceIds=[one])
    template = ec2.create_launch_template(LaunchTemplateName="web", LaunchTemplateData={"ImageId": "ami-12345678", "InstanceType": "t4g.small"})["LaunchTemplate"]
    checks.equal("an instance of a template", ec2.run_instances(MinCount=1, MaxCount=1, LaunchTemplate={"LaunchTemplateId": template["LaunchTemplateId"]})["Instances"][0]["InstanceType"], "t4g.small")
    checks.refused("a template that is not named", ec2.delete_launch_template, "MissingParameter")
    checks.refused("a template that is named twice", ec2.delete_launch_template, "InvalidParameterCombination", LaunchTemplateName="web", LaunchTemplateId=template["LaunchTemplateId"])
    checks.refused("the template's name again", ec2.create_launch_template, "InvalidLaunchTemplateName.AlreadyExistsException", LaunchTemplateName="web", LaunchTemplateData={"ImageId": "ami-12345678"})
