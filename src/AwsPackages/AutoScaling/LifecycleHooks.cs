using Amazon.AutoScaling.Model;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Shared;

namespace Amazon.AutoScaling
{
    public partial interface IAmazonAutoScaling
    {
        Task<DescribeLifecycleHooksResponse> DescribeLifecycleHooksAsync(DescribeLifecycleHooksRequest request, CancellationToken cancellationToken = default);

        Task<PutLifecycleHookResponse> PutLifecycleHookAsync(PutLifecycleHookRequest request, CancellationToken cancellationToken = default);

        Task<DeleteLifecycleHookResponse> DeleteLifecycleHookAsync(DeleteLifecycleHookRequest request, CancellationToken cancellationToken = default);
    }

    public partial class AmazonAutoScalingClient
    {
        public virtual Task<DescribeLifecycleHooksResponse> DescribeLifecycleHooksAsync(DescribeLifecycleHooksRequest request, CancellationToken cancellationToken = default) =>
            InvokeAsync<DescribeLifecycleHooksResponse>(request, DescribeLifecycleHooks.Operation, cancellationToken);

        public virtual Task<PutLifecycleHookResponse> PutLifecycleHookAsync(PutLifecycleHookRequest request, CancellationToken cancellationToken = default) =>
            InvokeAsync<PutLifecycleHookResponse>(request, PutLifecycleHook.Operation, cancellationToken);

        public virtual Task<DeleteLifecycleHookResponse> DeleteLifecycleHookAsync(DeleteLifecycleHookRequest request, CancellationToken cancellationToken = default) =>
            InvokeAsync<DeleteLifecycleHookResponse>(request, DeleteLifecycleHook.Operation, cancellationToken);
    }

    internal static class DescribeLifecycleHooks
    {
        public static readonly InvokeOptions Operation = FormOperation.Define<DescribeLifecycleHooksRequest, DescribeLifecycleHooksResponse>(
            AmazonAutoScalingConfig.Traits, nameof(DescribeLifecycleHooks),
            static (form, request) =>
            {
                form.Add("AutoScalingGroupName", request.AutoScalingGroupName);
                form.Add("LifecycleHookNames", request.LifecycleHookNames);
            },
            static (xml, response) =>
            {
                if (xml.Name == "LifecycleHooks") response.LifecycleHooks = xml.List<LifecycleHook>(Hook);
            });

        private static void Hook(XmlFields xml, LifecycleHook hook)
        {
            switch (xml.Name)
            {
                case "DefaultResult": hook.DefaultResult = xml.Text(); break;
                case "GlobalTimeout": hook.GlobalTimeout = xml.Int(); break;
                case "HeartbeatTimeout": hook.HeartbeatTimeout = xml.Int(); break;
                case "LifecycleHookName": hook.LifecycleHookName = xml.Text(); break;
                case "LifecycleTransition": hook.LifecycleTransition = xml.Text(); break;
            }
        }
    }

    internal static class PutLifecycleHook
    {
        public static readonly InvokeOptions Operation = FormOperation.Define<PutLifecycleHookRequest, PutLifecycleHookResponse>(
            AmazonAutoScalingConfig.Traits, nameof(PutLifecycleHook),
            static (form, request) =>
            {
                form.Add("AutoScalingGroupName", request.AutoScalingGroupName);
                form.Add("DefaultResult", request.DefaultResult);
                form.Add("HeartbeatTimeout", request.HeartbeatTimeout);
                form.Add("LifecycleHookName", request.LifecycleHookName);
                form.Add("LifecycleTransition", request.LifecycleTransition);
            },
            static (_, _) => { });
    }

    internal static class DeleteLifecycleHook
    {
        public static readonly InvokeOptions Operation = FormOperation.Define<DeleteLifecycleHookRequest, DeleteLifecycleHookResponse>(
            AmazonAutoScalingConfig.Traits, nameof(DeleteLifecycleHook),
            static (form, request) =>
            {
                form.Add("AutoScalingGroupName", request.AutoScalingGroupName);
                form.Add("LifecycleHookName", request.LifecycleHookName);
            },
            static (_, _) => { });
    }
}

namespace Amazon.AutoScaling.Model
{
    public class DescribeLifecycleHooksRequest : AmazonAutoScalingRequest
    {
        public string AutoScalingGroupName { get; set; }

        public List<string> LifecycleHookNames { get; set; }
    }

    public class DescribeLifecycleHooksResponse : AmazonWebServiceResponse
    {
        public List<LifecycleHook> LifecycleHooks { get; set; }
    }

    public class LifecycleHook
    {
        public string DefaultResult { get; set; }

        /// <summary>Seconds.</summary>
        public int? GlobalTimeout { get; set; }

        /// <summary>Seconds.</summary>
        public int? HeartbeatTimeout { get; set; }

        public string LifecycleHookName { get; set; }

        public string LifecycleTransition { get; set; }
    }

    public class PutLifecycleHookRequest : AmazonAutoScalingRequest
    {
        public string AutoScalingGroupName { get; set; }

        public string DefaultResult { get; set; }

        /// <summary>Seconds.</summary>
        public int? HeartbeatTimeout { get; set; }

        public string LifecycleHookName { get; set; }

        public string LifecycleTransition { get; set; }
    }

    public class PutLifecycleHookResponse : AmazonWebServiceResponse;

    public class DeleteLifecycleHookRequest : AmazonAutoScalingRequest
    {
        public string AutoScalingGroupName { get; set; }

        public string LifecycleHookName { get; set; }
    }

    public class DeleteLifecycleHookResponse : AmazonWebServiceResponse;
}
