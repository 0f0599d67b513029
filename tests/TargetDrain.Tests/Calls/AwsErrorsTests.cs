using System.Net;
using System.Xml;
using Amazon.AutoScaling;
using Amazon.AutoScaling.Model;
using Amazon.ElasticLoadBalancingV2.Model;
using Amazon.Runtime;
using TargetDrain.Calls;
using Xunit;

namespace TargetDrain.Tests.Calls;

public sealed class AwsErrorsTests
{
    [Theory]
    [InlineData("Throttling", 400)]
    [InlineData("ThrottlingException", 400)]
    [InlineData("ThrottledException", 400)]
    [InlineData("RequestThrottled", 403)]
    [InlineData("RequestThrottledException", 400)]
    [InlineData("RequestLimitExceeded", 503)]
    [InlineData("TooManyRequestsException", 400)]
    [InlineData("SlowDown", 503)]
    [InlineData("BandwidthLimitExceeded", 400)]
    [InlineData("EC2ThrottledException", 400)]
    [InlineData("Whatever", 429)]
    [InlineData(null, 429)]
    public void Too_many_calls_is_waiting_and_no_failure(string? code, int status)
    {
        var error = Of(code, status);

        Assert.Equal((true, true, false), (AwsErrors.IsThrottling(error), AwsErrors.AsksForFewerCalls(error), AwsErrors.IsTransient(error)));
    }

    [Theory]
    [InlineData("InternalFailure", 500)]
    [InlineData("HealthUnavailable", 502)]
    [InlineData("Whatever", 503)]
    [InlineData("PriorRequestNotComplete", 400)]
    [InlineData("RequestTimeout", 408)]
    [InlineData("RequestTimeoutException", 400)]
    [InlineData("", 200)]
    [InlineData(null, 299)]
    public void A_fault_of_the_service_is_worth_another_try(string? code, int status)
    {
        Assert.True(AwsErrors.IsTransient(Of(code, status)));
        Assert.Equal(status == 503, AwsErrors.AsksForFewerCalls(Of(code, status)));
        Assert.False(AwsErrors.IsThrottling(Of(code, status)));
    }

    [Theory]
    [InlineData("AccessDenied", 403)]
    [InlineData("ValidationError", 400)]
    [InlineData("ExpiredToken", 499)]
    [InlineData("Whatever", 200)]
    [InlineData("", 300)]
    [InlineData(null, 404)]
    public void What_AWS_refuses_it_will_refuse_again(string? code, int status)
    {
        Assert.False(AwsErrors.IsTransient(Of(code, status)));
        Assert.False(AwsErrors.AsksForFewerCalls(Of(code, status)));
    }

    [Fact]
    public void An_answer_lost_or_cut_on_the_way_is_worth_another_try()
    {
        Exception[] lost =
        [
            new HttpRequestException("reset"), new IOException("cut"), new TimeoutException("late"), new XmlException("half"),
            new AmazonUnmarshallingException("half", "", new XmlException()),
        ];
        Assert.All(lost, error => Assert.True(AwsErrors.IsTransient(error)));
        Exception[] others = [new InvalidOperationException("ours"), new OperationCanceledException(), new FormatException("ours")];
        Assert.All(others, error => Assert.False(AwsErrors.IsTransient(error) || AwsErrors.IsThrottling(error) || AwsErrors.AsksForFewerCalls(error)));
    }

    [Fact]
    public void A_group_is_gone_when_AWS_says_so_in_type_or_code()
    {
        Assert.True(AwsErrors.IsGroupGone(new TargetGroupNotFoundException("gone", null, ErrorType.Sender, "TargetGroupNotFound", "1", HttpStatusCode.BadRequest)));
        Assert.True(AwsErrors.IsGroupGone(Of("TargetGroupNotFound", 400)));
        Assert.False(AwsErrors.IsGroupGone(Of("LoadBalancerNotFound", 400)));
        Assert.False(AwsErrors.IsGroupGone(new InvalidOperationException("TargetGroupNotFound")));
    }

    [Theory]
    [InlineData("InvalidTarget", true)]
    [InlineData("ValidationError", true)]
    [InlineData("TargetGroupNotFound", false)]
    [InlineData("AccessDenied", false)]
    public void A_request_may_pass_without_one_target_where_the_code_says_so(string code, bool isSo) =>
        Assert.Equal(isSo, AwsErrors.IsAboutOneTarget(Of(code, 400)));

    [Theory]
    [InlineData("ValidationError", "No active Lifecycle Action found with instance ID i-1", true)]
    [InlineData("ValidationError", "no active lifecycle action found", true)]
    [InlineData("ValidationError", "No Lifecycle Hook found with name: target-drain", true)]
    [InlineData("ValidationError", "AutoScalingGroup name not found - null", true)]
    [InlineData("ValidationError", "1 validation error detected: token", false)]
    [InlineData("AccessDenied", "No active Lifecycle Action found", false)]
    public void An_action_is_over_when_Auto_Scaling_knows_none(string code, string message, bool isOver) =>
        Assert.Equal(isOver, AwsErrors.IsActionOver(new AmazonAutoScalingException(message, null, ErrorType.Sender, code, "1", HttpStatusCode.BadRequest)));

    [Fact]
    public void Only_Auto_Scalings_own_word_ends_an_action()
    {
        Assert.False(AwsErrors.IsActionOver(new AmazonServiceException("not found", null, ErrorType.Sender, "ValidationError", "1", HttpStatusCode.BadRequest)));
        Assert.False(AwsErrors.IsActionOver(new AmazonAutoScalingException("not found", null, ErrorType.Sender, "ResourceContention", "1", HttpStatusCode.BadRequest)));
    }

    [Fact]
    public void An_error_is_told_by_its_code_its_status_or_its_words()
    {
        Assert.Equal("AccessDenied: what AWS says", AwsErrors.Describe(Of("AccessDenied", 403)));
        Assert.Equal("status 502: what AWS says", AwsErrors.Describe(Of(null, 502)));
        Assert.Equal("status 502: what AWS says", AwsErrors.Describe(Of("", 502)));
        Assert.Equal("what AWS says", AwsErrors.Describe(Of(null, 0)));
        Assert.Equal("not answered within the time of the invocation", AwsErrors.Describe(new TaskCanceledException("a task was canceled")));
        Assert.Equal("reset", AwsErrors.Describe(new IOException("reset")));
    }

    private static AmazonServiceException Of(string? code, int status) =>
        new("what AWS says", null, ErrorType.Unknown, code, "1", (HttpStatusCode)status);
}
