namespace Amazon.SQS.Model;

/// <summary>No operation of this subset is paginated.</summary>
public partial interface ISQSPaginatorFactory;

internal sealed class SQSPaginators(IAmazonSQS client) : ISQSPaginatorFactory
{
    public IAmazonSQS Client => client;
}
