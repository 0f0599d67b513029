using Amazon.Runtime;
using Amazon.Shared;

namespace Amazon.EC2.Model;

public partial class DescribeInstancesRequest : AmazonEC2Request
{
    public bool? DryRun { get; set; }

    public List<Filter> Filters { get; set; } = Unset.List<Filter>();

    public List<string> InstanceIds { get; set; } = Unset.List<string>();

    /// <summary>Not together with InstanceIds.</summary>
    public int? MaxResults { get; set; }

    public string NextToken { get; set; }
}

public partial class Filter
{
    public Filter() { }

    public Filter(string name)
    {
        Name = name;
    }

    public Filter(string name, List<string> values)
    {
        Name = name;
        Values = values;
    }

    public string Name { get; set; }

    public List<string> Values { get; set; } = Unset.List<string>();
}

public partial class DescribeInstancesResponse : AmazonWebServiceResponse
{
    /// <summary>null or "" on the last page.</summary>
    public string NextToken { get; set; }

    public List<Reservation> Reservations { get; set; } = Unset.List<Reservation>();
}

public partial class Reservation
{
    /// <summary>Not on the wire: the names in Groups.</summary>
    public List<string> GroupNames { get; set; } = Unset.List<string>();

    public List<GroupIdentifier> Groups { get; set; } = Unset.List<GroupIdentifier>();

    public List<Instance> Instances { get; set; } = Unset.List<Instance>();

    public string OwnerId { get; set; }

    public string RequesterId { get; set; }

    public string ReservationId { get; set; }
}
