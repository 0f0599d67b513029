using TargetDrain.Emulator.Deployment;
using TargetDrain.Emulator.Faults;
using Xunit;

namespace TargetDrain.Tests.Emulator;

public sealed class StackPolicyTests : IDisposable
{
    private readonly string path = Path.GetTempFileName();

    [Fact]
    public void The_policies_of_the_function_are_read_with_their_functions_worked_out()
    {
        File.WriteAllText(path, Template);
        var statements = Load();
        var deregister = statements.Single(statement => statement.Actions.Contains("elasticloadbalancing:DeregisterTargets"));
        Assert.Equal(["arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/*/*"], deregister.Resources);
        Assert.Empty(deregister.ResourceTags);
        var send = statements.Single(statement => statement.Actions.Contains("sqs:SendMessage"));
        Assert.Equal(["Queue.Arn"], send.Resources);
    }

    [Fact]
    public void Parameters_decide_the_conditions_and_physical_names_replace_logical_ids()
    {
        File.WriteAllText(path, Template);
        var statements = Load(new StackContext
        {
            Parameters = new Dictionary<string, string> { ["OptInTag"] = "drain" },
            PhysicalNames = new Dictionary<string, string> { ["Queue"] = "work" },
        });
        var deregister = statements.Single(statement => statement.Actions.Contains("elasticloadbalancing:DeregisterTargets"));
        Assert.Equal(["true"], deregister.ResourceTags["drain"]);
        Assert.Contains(statements, statement => statement.Resources.Contains("arn:aws:sqs:us-east-1:123456789012:work"));
    }

    [Fact]
    public void A_deny_is_refused_rather_than_ignored()
    {
        File.WriteAllText(path, Template.Replace("Effect: Allow", "Effect: Deny", StringComparison.Ordinal));
        Assert.Throws<InvalidDataException>(() => Load());
    }

    private IReadOnlyList<PolicyStatement> Load(StackContext? context = null) =>
        StackPolicy.Of(new StackTemplate(path, context ?? new StackContext()));

    public void Dispose() => File.Delete(path);

    private const string Template = """
        Parameters:
          OptInTag: { Type: String, Default: '' }
        Conditions:
          HasTag: !Not [!Equals [!Ref OptInTag, '']]
        Resources:
          Queue:
            Type: AWS::SQS::Queue
          Function:
            Type: AWS::Serverless::Function
            Properties:
              Policies:
                - Version: '2012-10-17'
                  Statement:
                    - Effect: Allow
                      Action: [elasticloadbalancing:DescribeTargetGroups, elasticloadbalancing:DescribeTargetHealth]
                      Resource: '*'
                    - Effect: Allow
                      Action: elasticloadbalancing:DeregisterTargets
                      Resource: !Sub arn:${AWS::Partition}:elasticloadbalancing:${AWS::Region}:${AWS::AccountId}:targetgroup/*/*
                      Condition: !If
                        - HasTag
                        - StringEquals:
                            aws:ResourceTag/drain: 'true'
                        - !Ref AWS::NoValue
                    - Effect: Allow
                      Action: sqs:SendMessage
                      Resource: !GetAtt Queue.Arn
        """;
}
