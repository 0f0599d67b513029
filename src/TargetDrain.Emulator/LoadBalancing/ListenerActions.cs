namespace TargetDrain.Emulator.LoadBalancing;

/// <summary>The actions of listeners and rules: what AWS refuses, and how they are kept.</summary>
internal static class ListenerActions
{
    private static readonly string[] ContentTypes = ["text/html", "application/json", "application/javascript", "text/css", "text/plain"];

    private const int MostGroups = 5;
    private const int HeaviestWeight = 999;
    private const int Week = 604_800;

    public static ListenerAction Forward(string targetGroupArn) => new(
        [
            new("Type", "forward"), new("TargetGroupArn", targetGroupArn),
            new("ForwardConfig.TargetGroups.member.1.TargetGroupArn", targetGroupArn), new("ForwardConfig.TargetGroups.member.1.Weight", "1"),
            new("ForwardConfig.TargetGroupStickinessConfig.Enabled", "false"),
        ],
        [targetGroupArn]);

    /// <param name="protocol">Of the listener; null on a Gateway Load Balancer.</param>
    public static List<ListenerAction> Read(IEnumerable<QueryParameters> given, string? protocol)
    {
        var actions = given.Select(action => (Type: action["Type"]!, Order: action.Number("Order"), Kept: Read(action, protocol))).ToList();
        if (actions.Count == 0) throw AwsErrorException.Validation("You must specify an action");
        if (actions.Count > 1 && (actions.Exists(action => action.Order is null) || actions.DistinctBy(action => action.Order).Count() < actions.Count))
            throw AwsErrorException.Validation("Each of several actions needs an order of its own");
        actions = [.. actions.OrderBy(action => action.Order)];
        if (actions.FindIndex(action => !Authentication.Types.Contains(action.Type)) != actions.Count - 1 || actions.Count > 2)
            throw new AwsErrorException(
                "InvalidLoadBalancerAction", "There is one forward, redirect or fixed-response action, which is the last, and at most one that authenticates before it");
        return actions.ConvertAll(action => action.Kept);
    }

    private static ListenerAction Read(QueryParameters action, string? protocol)
    {
        var (type, isWeb) = (action["Type"]!, protocol is "HTTP" or "HTTPS");
        switch (type)
        {
            case "forward":
                return Forward(action, isWeb);
            case "redirect" or "fixed-response" when !isWeb:
                throw AwsErrorException.Validation($"Actions of type '{type}' are supported only on Application Load Balancers");
            case "redirect" when action.Part("RedirectConfig") is null:
                throw AwsErrorException.Validation("A redirect configuration must be specified with actions of type 'redirect'");
            case "fixed-response" when action.Part("FixedResponseConfig") is null:
                throw AwsErrorException.Validation("A fixed-response configuration must be specified with actions of type 'fixed-response'");
            case "redirect" or "fixed-response":
                if (action["TargetGroupArn"] is not null || action.Part("ForwardConfig") is not null)
                    throw AwsErrorException.Validation($"Target groups cannot be specified with actions of type '{type}'");
                CheckAnswer(action);
                return new ListenerAction(action.Everything(), []);
            case Authentication.Oidc or Authentication.Cognito:
                return Authentication.Read(action, type, protocol);
            default:
                throw new AwsErrorException("NotEmulated", $"The emulator does not emulate actions of type {type}.");
        }
    }

    private static void CheckAnswer(QueryParameters action)
    {
        if (action["FixedResponseConfig.ContentType"] is { Length: > 0 } type && !ContentTypes.Contains(type))
            throw new AwsErrorException("InvalidLoadBalancerAction", $"The ContentType must be one of:'{string.Join("', '", ContentTypes)}'");
        if (action.Part("RedirectConfig") is { } redirect && !((string[])["Protocol", "Host", "Port", "Path", "Query"]).Any(part => redirect[part] is { Length: > 0 }))
            throw AwsErrorException.Validation("A redirect must change at least one of protocol, host, port, path and query");
    }

    private static ListenerAction Forward(QueryParameters action, bool isWeb)
    {
        if (action.Part("RedirectConfig") is not null || action.Part("FixedResponseConfig") is not null)
            throw AwsErrorException.Validation("Only a forward configuration can be specified with actions of type 'forward'");
        var direct = action["TargetGroupArn"];
        var groups = action.Items("ForwardConfig.TargetGroups.member").ToList();
        var arns = groups.ConvertAll(group => group["TargetGroupArn"] ?? throw AwsErrorException.Validation("A target group ARN must be specified"));
        if (groups.Exists(group => group.Number("Weight") is < 0 or > HeaviestWeight))
            throw AwsErrorException.Validation($"Target group weight must be between '0' and '{HeaviestWeight}' inclusive");
        if (groups.Count > MostGroups)
            throw new AwsErrorException("TooManyTargetGroups", $"The maximum number of target groups per action is {MostGroups}");
        if (arns.Distinct().Count() < arns.Count) throw AwsErrorException.Validation("Target groups of an action must be distinct");
        if (direct is not null && arns.Count > 0 && (arns.Count > 1 || arns[0] != direct))
            throw AwsErrorException.Validation("You can specify both a target group ARN and a forward configuration only when they are the same target group");
        if (action.Flag("ForwardConfig.TargetGroupStickinessConfig.Enabled") == true
            && action.Number("ForwardConfig.TargetGroupStickinessConfig.DurationSeconds") is not (>= 1 and <= Week))
            throw AwsErrorException.Validation($"Target group stickiness duration must be between '1' and '{Week}' seconds inclusive");
        if (arns.Count > 1 && !isWeb && groups.Exists(group => group.Number("Weight") is null))
            throw AwsErrorException.Validation("Weights must be specified for several target groups");
        if (direct is null && arns.Count == 0) throw AwsErrorException.Validation("A target group ARN must be specified");
        var members = action.Everything();
        // Either form is shown in both, while there is one group.
        if (arns.Count == 0) members = [.. members, .. Forward(direct!).Members.Where(member => member.Key.StartsWith("ForwardConfig", StringComparison.Ordinal))];
        else if (arns.Count == 1 && direct is null) members = [.. members, new("TargetGroupArn", arns[0])];
        return new ListenerAction(members, arns.Count > 0 ? arns : [direct!]);
    }

    /// <summary>Writes a structure as it came, by its parameter names.</summary>
    public static void Write(XmlBuffer xml, IEnumerable<KeyValuePair<string, string>> members) => Write(xml, QueryNode.Of(members));

    /// <param name="item">What the items of the list are called: "member", or "entry" in a map.</param>
    private static void Write(XmlBuffer xml, QueryNode node, string item = "member")
    {
        if (node.Children.Count == 0)
        {
            if (node.Text is not null) xml.Text(node.Text);
        }
        else if (node.Children.Keys.All(name => int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out _)))
        {
            foreach (var (_, child) in node.Children.OrderBy(child => int.Parse(child.Key, CultureInfo.InvariantCulture))) xml.Element(item, () => Write(xml, child));
        }
        else
        {
            foreach (var (name, child) in node.Children)
                if (name is "member" or "entry") Write(xml, child, name);
                else xml.Element(name, () => Write(xml, child));
        }
    }
}
