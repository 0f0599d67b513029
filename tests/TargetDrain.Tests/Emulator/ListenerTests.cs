using TargetDrain.Emulator;
using TargetDrain.Emulator.Clock;
using TargetDrain.Emulator.LoadBalancing;
using TargetDrain.Emulator.Wire;
using Xunit;

namespace TargetDrain.Tests.Emulator;

/// <summary>What listeners and their rules are given: kept and told again, or refused.</summary>
public sealed class ListenerTests
{
    private const string Elb = "elasticloadbalancing";
    private const string Certificate = "arn:aws:acm:us-east-1:123456789012:certificate/1";

    private readonly World world = new(new VirtualClock());
    private readonly string group;
    private readonly string balancer;

    public ListenerTests()
    {
        group = world.LoadBalancing.CreateTargetGroup(new TargetGroupSpec("web")).Arn;
        balancer = world.LoadBalancing.CreateLoadBalancer("lb").Arn;
    }

    [Fact]
    public async Task An_action_that_authenticates_is_kept_with_what_AWS_fills_in_and_without_its_secret()
    {
        var answer = await Secure([("ClientSecret", "s3cret"), ("Scope", "email"), ("AuthenticationRequestExtraParams.entry.1.key", "display"), ("AuthenticationRequestExtraParams.entry.1.value", "page")]);
        Assert.Equal(200, answer.Status);
        var config = answer.Xml().Descendants("AuthenticateOidcConfig").Single();
        Assert.Equal(
            ("https://issuer", "email", "AWSELBAuthSessionCookie", "604800", "authenticate", null),
            (config.Value("Issuer"), config.Value("Scope"), config.Value("SessionCookieName"), config.Value("SessionTimeout"), config.Value("OnUnauthenticatedRequest"), config.Value("ClientSecret")));
        Assert.Equal("displaypage", config.Descendants("entry").Single().Value);
    }

    [Theory]
    [InlineData("HTTPS", "ClientSecret", "s", "UseExistingClientSecret", "true")]
    [InlineData("HTTPS", "Scope", "openid", "Scope", "openid")]
    [InlineData("HTTPS", "ClientSecret", "s", "OnUnauthenticatedRequest", "perhaps")]
    [InlineData("HTTP", "ClientSecret", "s", "Scope", "openid")]
    public async Task An_action_that_cannot_authenticate_is_refused(string protocol, string name, string value, string other, string otherValue)
    {
        (string, string)[] config = name == other ? [(name, value)] : [(name, value), (other, otherValue)];
        Assert.Equal((400, "ValidationError"), Error(await Secure(config, protocol)));
        Assert.Empty((await world.CallAsync(Elb, "DescribeListeners", ("LoadBalancerArn", balancer))).Descendants("ListenerArn"));
    }

    [Theory]
    [InlineData("1", "1", "ValidationError")]
    [InlineData("2", "1", "InvalidLoadBalancerAction")]
    public async Task Authentication_comes_before_what_answers(string first, string second, string code) =>
        Assert.Equal((400, code), Error(await Secure([("ClientSecret", "s")], orders: (first, second))));

    [Theory]
    [InlineData("ValidationError", "Field=host-header", "Values.member.1=a.example", "Values.member.2=b.example")]
    [InlineData("ValidationError", "Field=path-pattern", "Values.member.1=/a", "PathPatternConfig.Values.member.1=/b")]
    [InlineData("ValidationError", "Field=path-pattern")]
    [InlineData("ValidationError", "Field=http-header", "HttpHeaderConfig.Values.member.1=a")]
    [InlineData("ValidationError", "Field=http-request-method", "HttpRequestMethodConfig.Values.member.1=get")]
    [InlineData("ValidationError", "Field=query-string", "QueryStringConfig.Values.member.1.Key=a")]
    [InlineData("ValidationError", "Field=source-ip", "SourceIpConfig.Values.member.1=10.0.0.300/32")]
    [InlineData("ValidationError", "Field=source-ip")]
    [InlineData("ValidationError", "Field=weather", "Values.member.1=rain")]
    [InlineData("", "Field=host-header", "HostHeaderConfig.Values.member.1=a.example", "HostHeaderConfig.Values.member.2=b.example")]
    [InlineData("", "Field=query-string", "QueryStringConfig.Values.member.1.Value=a")]
    [InlineData("", "Field=source-ip", "SourceIpConfig.Values.member.1=10.0.0.0/8", "SourceIpConfig.Values.member.2=2001:db8::/32")]
    public async Task A_condition_is_of_its_field_or_refused(string code, params string[] members)
    {
        var listener = world.LoadBalancing.CreateListener(balancer, "HTTP", 80, group);
        var condition = members.Select(member => member.Split('=', 2)).Select(pair => ($"Conditions.member.1.{pair[0]}", pair[1]));
        var answer = await world.SendAsync(Elb, "CreateRule",
            [("ListenerArn", listener.Arn), ("Priority", "1"), ("Actions.member.1.Type", "forward"), ("Actions.member.1.TargetGroupArn", group), .. condition]);
        Assert.Equal(code, answer.Xml().Value("Code") ?? "");
    }

    [Theory]
    [InlineData("HTTP", "source_ip", "Stickiness type 'source_ip' is not supported for target groups with the HTTP protocol")]
    [InlineData("TCP", "lb_cookie", "Stickiness type 'lb_cookie' is not supported for target groups with the TCP protocol")]
    [InlineData("TLS", "lb_cookie", "Stickiness type 'lb_cookie' is not supported for target groups with the TLS protocol")]
    [InlineData("HTTP", "none", "'Stickiness type' must be one of [app_cookie, lb_cookie, source_ip]")]
    [InlineData("GENEVE", "source_ip", "'source_ip' must be one of [source_ip_dest_ip_proto, source_ip_dest_ip]")]
    public async Task Stickiness_is_of_the_groups_protocol(string protocol, string type, string message)
    {
        var made = world.LoadBalancing.CreateTargetGroup(new TargetGroupSpec("sticky") { Protocol = protocol, Port = protocol == "GENEVE" ? 6081 : 80 });
        var answer = await world.SendAsync(Elb, "ModifyTargetGroupAttributes", ("TargetGroupArn", made.Arn), ("Attributes.member.1.Key", "stickiness.type"), ("Attributes.member.1.Value", type));
        Assert.Equal(("ValidationError", message), (answer.Xml().Value("Code"), answer.Xml().Value("Message")));
    }

    [Theory]
    [InlineData("TLS", 400)]
    [InlineData("TCP", 200)]
    public async Task Connections_that_the_load_balancer_decrypts_stick_to_no_target(string protocol, int status)
    {
        var made = world.LoadBalancing.CreateTargetGroup(new TargetGroupSpec("sticky") { Protocol = protocol, Port = 443 });
        var answer = await world.SendAsync(Elb, "ModifyTargetGroupAttributes", ("TargetGroupArn", made.Arn), ("Attributes.member.1.Key", "stickiness.enabled"), ("Attributes.member.1.Value", "true"));
        Assert.Equal(status, answer.Status);
    }

    [Fact]
    public async Task A_fixed_response_of_an_unknown_type_is_no_action()
    {
        var answer = await world.SendAsync(Elb, "CreateListener", ("LoadBalancerArn", balancer), ("Protocol", "HTTP"), ("Port", "80"),
            ("DefaultActions.member.1.Type", "fixed-response"), ("DefaultActions.member.1.FixedResponseConfig.StatusCode", "200"), ("DefaultActions.member.1.FixedResponseConfig.ContentType", "text/poem"));
        Assert.Equal((400, "InvalidLoadBalancerAction"), Error(answer));
    }

    [Theory]
    [InlineData("TCP", 200)]
    [InlineData("HTTP", 400)]
    public async Task Only_a_network_load_balancers_health_check_may_take_all_of_its_interval(string protocol, int status)
    {
        var answer = await world.SendAsync(Elb, "CreateTargetGroup",
            ("Name", "checked"), ("Protocol", protocol), ("Port", "80"), ("VpcId", world.Compute.DefaultVpc.Id), ("HealthCheckIntervalSeconds", "10"), ("HealthCheckTimeoutSeconds", "10"));
        Assert.Equal(status, answer.Status);
    }

    private Task<WireResponse> Secure(IEnumerable<(string Name, string Value)> config, string protocol = "HTTPS", (string, string)? orders = null)
    {
        var (first, second) = orders ?? ("1", "2");
        (string, string)[] oidc = [("Issuer", "https://issuer"), ("AuthorizationEndpoint", "https://issuer/a"), ("TokenEndpoint", "https://issuer/t"), ("UserInfoEndpoint", "https://issuer/u"), ("ClientId", "c")];
        var certificates = protocol == "HTTPS" ? [("Certificates.member.1.CertificateArn", Certificate)] : Array.Empty<(string, string)>();
        return world.SendAsync(Elb, "CreateListener",
        [
            ("LoadBalancerArn", balancer), ("Protocol", protocol), ("Port", "443"), .. certificates,
            ("DefaultActions.member.1.Type", "authenticate-oidc"), ("DefaultActions.member.1.Order", first),
            .. oidc.Concat(config).Select(member => ($"DefaultActions.member.1.AuthenticateOidcConfig.{member.Item1}", member.Item2)),
            ("DefaultActions.member.2.Type", "forward"), ("DefaultActions.member.2.Order", second), ("DefaultActions.member.2.TargetGroupArn", group),
        ]);
    }

    private static (int, string?) Error(WireResponse answer) => (answer.Status, answer.Xml().Value("Code"));
}
