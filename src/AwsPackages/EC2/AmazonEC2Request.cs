using Amazon.Runtime;

namespace Amazon.EC2;

public partial class AmazonEC2Request : AmazonWebServiceRequest;
