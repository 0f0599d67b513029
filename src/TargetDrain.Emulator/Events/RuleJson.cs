namespace TargetDrain.Emulator.Events;

/// <summary>Rules and their targets as EventBridge's protocol has them.</summary>
internal static class RuleJson
{
    /// <exception cref="AwsErrorException">Neither a pattern nor a schedule, or one that is not valid.</exception>
    public static Rule ReadRule(JsonObject input, string arn)
    {
        var (pattern, schedule) = ((string?)input["EventPattern"], (string?)input["ScheduleExpression"]);
        if (string.IsNullOrEmpty(pattern) && string.IsNullOrEmpty(schedule))
            throw new AwsErrorException("ValidationException", "Parameter(s) EventPattern or ScheduleExpression must be specified.");
        return new Rule(
            (string)input["Name"]!, arn,
            string.IsNullOrEmpty(pattern) ? null : EventPattern.Parse(pattern),
            string.IsNullOrEmpty(schedule) ? null : ScheduleExpression.Parse(schedule),
            (string?)input["State"] ?? "ENABLED")
        {
            Description = (string?)input["Description"], RoleArn = (string?)input["RoleArn"], Tags = RuleTags.Read(input["Tags"] as JsonArray),
        };
    }

    public static JsonNode Write(Rule rule)
    {
        var json = new JsonObject { ["Name"] = rule.Name, ["Arn"] = rule.Arn, ["State"] = rule.State, ["EventBusName"] = "default" };
        if (rule.Pattern is not null) json["EventPattern"] = rule.Pattern.Text;
        if (rule.Schedule is not null) json["ScheduleExpression"] = rule.Schedule.Text;
        if (rule.Description is not null) json["Description"] = rule.Description;
        if (rule.RoleArn is not null) json["RoleArn"] = rule.RoleArn;
        return json;
    }

    public static EventTarget ReadTarget(JsonObject target) => new((string?)target["Id"] ?? "", (string?)target["Arn"] ?? "")
    {
        Input = (string?)target["Input"], InputPath = (string?)target["InputPath"],
        MessageGroupId = (string?)target["SqsParameters"]?["MessageGroupId"], DeadLetterArn = (string?)target["DeadLetterConfig"]?["Arn"],
        Retries = (JsonObject?)target["RetryPolicy"]?.DeepClone(),
    };

    public static JsonNode Write(EventTarget target)
    {
        var json = new JsonObject { ["Id"] = target.Id, ["Arn"] = target.Arn };
        if (target.Input is not null) json["Input"] = target.Input;
        if (target.InputPath is not null) json["InputPath"] = target.InputPath;
        if (target.MessageGroupId is not null) json["SqsParameters"] = new JsonObject { ["MessageGroupId"] = target.MessageGroupId };
        if (target.DeadLetterArn is not null) json["DeadLetterConfig"] = new JsonObject { ["Arn"] = target.DeadLetterArn };
        if (target.Retries is not null) json["RetryPolicy"] = target.Retries.DeepClone();
        return json;
    }
}
