using Amazon.AutoScaling.Model;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Shared;

namespace Amazon.AutoScaling
{
    public partial interface IAmazonAutoScaling
    {
        Task<CompleteLifecycleActionResponse> CompleteLifecycleActionAsync(CompleteLifecycleActionRequest request, CancellationToken cancellationToken = default);

        Task<RecordLifecycleActionHeartbeatResponse> RecordLifecycleActionHeartbeatAsync(RecordLifecycleActionHeartbeatRequest request, CancellationToken cancellationToken = default);
    }

    public partial class AmazonAutoScalingClient
    {
        public virtual Task<CompleteLifecycleActionResponse> CompleteLifecycleActionAsync(CompleteLifecycleActionRequest request, CancellationToken cancellationToken = default) =>
            InvokeAsync<CompleteLifecycleActionResponse>(request, CompleteLifecycleAction.Operation, cancellationToken);

        public virtual Task<RecordLifecycleActionHeartbeatResponse> RecordLifecycleActionHeartbeatAsync(RecordLifecycleActionHeartbeatRequest request, CancellationToken cancellationToken = default) =>
            InvokeAsync<RecordLifecycleActionHeartbeatResponse>(request, RecordLifecycleActionHeartbeat.Operation, cancellationToken);
    }

    internal static class CompleteLifecycleAction
    {
        public static readonly InvokeOptions Operation = FormOperation.Define<CompleteLifecycleActionRequest, CompleteLifecycleActionResponse>(
            AmazonAutoScalingConfig.Traits, nameof(CompleteLifecycleAction),
            static (form, request) =>
            {
                form.Add("AutoScalingGroupName", request.AutoScalingGroupName);
                form.Add("InstanceId", request.InstanceId);
                form.Add("LifecycleActionResult", request.LifecycleActionResult);
                form.Add("LifecycleActionToken", request.LifecycleActionToken);
                form.Add("LifecycleHookName", request.LifecycleHookName);
            },
            static (_, _) => { });
    }

    internal static class RecordLifecycleActionHeartbeat
    {
        public static readonly InvokeOptions Operation = FormOperation.Define<RecordLifecycleActionHeartbeatRequest, RecordLifecycleActionHeartbeatResponse>(
            AmazonAutoScalingConfig.Traits, nameof(RecordLifecycleActionHeartbeat),
            static (form, request) =>
            {
                form.Add("AutoScalingGroupName", request.AutoScalingGroupName);
                form.Add("InstanceId", request.InstanceId);
                form.Add("LifecycleActionToken", request.LifecycleActionToken);
                form.Add("LifecycleHookName", request.LifecycleHookName);
            },
            static (_, _) => { });
    }
}

namespace Amazon.AutoScaling.Model
{
    public class CompleteLifecycleActionRequest : AmazonAutoScalingRequest
    {
        public string AutoScalingGroupName { get; set; }

        public string InstanceId { get; set; }

        /// <summary>CONTINUE or ABANDON.</summary>
        public string LifecycleActionResult { get; set; }

        public string LifecycleActionToken { get; set; }

        public string LifecycleHookName { get; set; }
    }

    public class CompleteLifecycleActionResponse : AmazonWebServiceResponse;

    public class RecordLifecycleActionHeartbeatRequest : AmazonAutoScalingRequest
    {
        public string AutoScalingGroupName { get; set; }

        public string InstanceId { get; set; }

        public string LifecycleActionToken { get; set; }

        public string LifecycleHookName { get; set; }
    }

    public class RecordLifecycleActionHeartbeatResponse : AmazonWebServiceResponse;
}
