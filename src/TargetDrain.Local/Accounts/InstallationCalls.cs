using System.Xml.Linq;

namespace TargetDrain.Local.Accounts;

/// <summary>What AWS tells about an installation, call by call. Reads only.</summary>
internal sealed class InstallationCalls(SignedCalls calls)
{
    // DescribeAlarms takes no more names than this.
    private const int MostAlarms = 100;

    /// <param name="name">Null for all stacks of the Region, a page of them at a time.</param>
    public async IAsyncEnumerable<XElement> StacksAsync(
        string? name, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        string? next = null;
        do
        {
            var answer = await QueryAsync("DescribeStacks", cancellation, ("StackName", name), ("NextToken", next));
            foreach (var stack in answer.Descendants("Stacks").Elements("member")) yield return stack;
            next = Next(answer);
        }
        while (next is not null);
    }

    /// <returns>Logical id, physical id and type.</returns>
    public Task<List<(string LogicalId, string PhysicalId, string Type)>> ResourcesAsync(string stack, CancellationToken cancellation) =>
        Paging.AllAsync<(string, string, string)>(async token =>
        {
            var answer = await QueryAsync("ListStackResources", cancellation, ("StackName", stack), ("NextToken", token));
            return (answer.Descendants("StackResourceSummaries").Elements("member").Select(resource => (
                resource.Element("LogicalResourceId")?.Value ?? "", resource.Element("PhysicalResourceId")?.Value ?? "", resource.Element("ResourceType")?.Value ?? "")),
                Next(answer));
        });

    public Task<FunctionConfiguration> FunctionAsync(string name, CancellationToken cancellation) =>
        calls.GetAsync("lambda", $"/2015-03-31/functions/{name}/configuration", "", InstallationJson.Default.FunctionConfiguration, cancellation);

    public Task<FunctionConcurrency> ConcurrencyAsync(string function, CancellationToken cancellation) =>
        calls.GetAsync("lambda", $"/2019-09-30/functions/{function}/concurrency", "", InstallationJson.Default.FunctionConcurrency, cancellation);

    public Task<RecursionSetting> RecursionAsync(string function, CancellationToken cancellation) =>
        calls.GetAsync("lambda", $"/2024-08-31/functions/{function}/recursion-config", "", InstallationJson.Default.RecursionSetting, cancellation);

    public async Task<List<EventSource>> ReadersAsync(string queueArn, CancellationToken cancellation)
    {
        var answer = await calls.GetAsync(
            "lambda", "/2015-03-31/event-source-mappings", $"EventSourceArn={Uri.EscapeDataString(queueArn)}", InstallationJson.Default.EventSourceList, cancellation);
        return answer.Sources ?? throw Unlike("lambda");
    }

    public Task<List<DeployedRule>> RulesAsync(CancellationToken cancellation) => Paging.AllAsync<DeployedRule>(async token =>
    {
        var page = await calls.PostAsync("events", "AWSEvents.ListRules", Json(new ListRequest { NextToken = token }), InstallationJson.Default.RuleList, cancellation);
        return (page.Rules ?? throw Unlike("events"), page.Next);
    });

    public async Task<List<string>> TargetsAsync(string rule, CancellationToken cancellation)
    {
        var answer = await calls.PostAsync("events", "AWSEvents.ListTargetsByRule", Json(new ListRequest { Rule = rule }), InstallationJson.Default.RuleTargetList, cancellation);
        return [.. (answer.Targets ?? []).Select(target => target.Arn)];
    }

    public async Task<List<DeployedAlarm>> AlarmsAsync(IEnumerable<string> names, CancellationToken cancellation)
    {
        var alarms = new List<DeployedAlarm>();
        foreach (var some in names.Chunk(MostAlarms))
        {
            var answer = await calls.PostAsync(
                "monitoring", "GraniteServiceVersion20100801.DescribeAlarms", Json(new ListRequest { AlarmNames = some, MaxRecords = MostAlarms }),
                InstallationJson.Default.AlarmList, cancellation);
            alarms.AddRange(answer.Alarms ?? throw Unlike("monitoring"));
        }
        return alarms;
    }

    /// <param name="parameters">Those that are null are not sent.</param>
    private Task<XElement> QueryAsync(string action, CancellationToken cancellation, params IEnumerable<(string Name, string? Value)> parameters) => calls.QueryAsync(
        "cloudformation", "2010-05-15", action, cancellation, parameters.Where(parameter => parameter.Value is not null).Select(parameter => (parameter.Name, parameter.Value!)));

    private static string? Next(XElement answer) => answer.Descendants("NextToken").FirstOrDefault()?.Value is { Length: > 0 } token ? token : null;

    private static string Json(ListRequest request) => JsonSerializer.Serialize(request, InstallationJson.Default.ListRequest);

    // AWS always sends the list, empty or not; another server may answer something else.
    private static Amazon.Runtime.AmazonServiceException Unlike(string service) => new($"what answers there is not {service}")
    {
        StatusCode = System.Net.HttpStatusCode.BadRequest,
    };
}
