using Amazon.Runtime;

namespace Amazon.AutoScaling;

public partial class AmazonAutoScalingRequest : AmazonWebServiceRequest;
