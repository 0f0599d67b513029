using System.Net;

namespace TargetDrain.Emulator.Deployment;

/// <summary>Lambda's describing calls: paths such as /2015-03-31/functions/name/configuration.</summary>
internal sealed class FunctionRestApi(StackRegistry registry)
{
    public RestService Service => new("lambda", Find);

    private RestOperation? Find(WireRequest request) => request.Method != "GET" ? null : request.Path.Trim('/').Split('/') switch
    {
        ["2015-03-31", "functions"] => new("ListFunctions", "", () => new JsonObject
        {
            ["Functions"] = new JsonArray([.. registry.Functions.Select(function => (JsonNode)Configuration(function))]),
        }),
        ["2015-03-31", "functions", var name, "configuration"] => About("GetFunctionConfiguration", name, Configuration),
        ["2019-09-30", "functions", var name, "concurrency"] => About("GetFunctionConcurrency", name, function =>
            function.ReservedConcurrency is { } reserved ? new JsonObject { ["ReservedConcurrentExecutions"] = reserved } : []),
        ["2024-08-31", "functions", var name, "recursion-config"] => About("GetFunctionRecursionConfig", name, function =>
            new JsonObject { ["RecursiveLoop"] = function.Settings.RecursiveLoop }),
        ["2015-03-31", "event-source-mappings"] => new("ListEventSourceMappings", "*", () => ListSources(request.Query)),
        _ => null,
    };

    private RestOperation About(string operation, string name, Func<InstalledFunction, JsonObject> tell)
    {
        var decoded = WebUtility.UrlDecode(name);
        var function = registry.Function(decoded);
        return new RestOperation(operation, function?.Settings.Arn ?? "*", () => function is null
            ? throw new AwsErrorException(
                "ResourceNotFoundException", $"Function not found: {registry.Options.Arn("lambda", $"function:{decoded}")}", 404)
            : tell(function));
    }

    private static JsonObject Configuration(InstalledFunction function)
    {
        var settings = function.Settings;
        var json = new JsonObject
        {
            ["FunctionName"] = settings.Name,
            ["FunctionArn"] = settings.Arn,
            ["Role"] = $"arn:aws:iam::{settings.Account}:role/{settings.Name}",
            ["Runtime"] = "dotnet10",
            ["Handler"] = "TargetDrain",
            ["Timeout"] = (int)settings.Timeout.TotalSeconds,
            ["MemorySize"] = settings.MemorySize,
            ["PackageType"] = "Zip",
            ["State"] = function.State,
            ["LastUpdateStatus"] = function.LastUpdateStatus,
            ["Version"] = "$LATEST",
            ["Environment"] = new JsonObject
            {
                ["Variables"] = new JsonObject(settings.Environment.Select(variable => KeyValuePair.Create(variable.Key, (JsonNode?)variable.Value))),
            },
        };
        if (function.StateReason is not null) json["StateReason"] = function.StateReason;
        if (function.LastUpdateStatusReason is not null) json["LastUpdateStatusReason"] = function.LastUpdateStatusReason;
        return json;
    }

    private JsonObject ListSources(string query)
    {
        var wanted = query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=', 2))
            .ToLookup(pair => pair[0], pair => WebUtility.UrlDecode(pair.Length > 1 ? pair[1] : ""));
        if (wanted.FirstOrDefault(pair => pair.Key is not ("FunctionName" or "EventSourceArn" or "MaxItems" or "Marker")) is { } unknown)
            throw Violations.NotEmulated(unknown.Key, "ListEventSourceMappings");
        var (functionName, queueArn) = (wanted["FunctionName"].FirstOrDefault(), wanted["EventSourceArn"].FirstOrDefault());
        var size = int.TryParse(wanted["MaxItems"].FirstOrDefault(), NumberStyles.None, CultureInfo.InvariantCulture, out var asked) ? Math.Clamp(asked, 1, 100) : 100;
        var after = int.TryParse(wanted["Marker"].FirstOrDefault(), NumberStyles.None, CultureInfo.InvariantCulture, out var told) ? told : 0;
        var found = registry.Functions.Where(function => functionName is null || registry.Function(functionName) == function)
            .SelectMany(function => function.Sources, (function, source) => (Function: function, Source: source))
            .Where(item => queueArn is null || item.Source.Queue.Arn == queueArn);
        return new ListPage(size, after, "NextMarker").Answer("EventSourceMappings", found.Select(item => (JsonNode)Source(item.Function, item.Source)));
    }

    private static JsonObject Source(InstalledFunction function, InstalledEventSource source) => new()
    {
        ["UUID"] = source.Id,
        ["EventSourceArn"] = source.Queue.Arn,
        ["FunctionArn"] = function.Settings.Arn,
        ["State"] = source.State,
        ["BatchSize"] = source.Options.BatchSize,
        ["MaximumBatchingWindowInSeconds"] = (int)source.Options.Window.TotalSeconds,
        ["FunctionResponseTypes"] = source.Options.ReportBatchItemFailures ? new JsonArray("ReportBatchItemFailures") : [],
        ["ScalingConfig"] = new JsonObject { ["MaximumConcurrency"] = source.Options.MaximumConcurrency },
    };
}
