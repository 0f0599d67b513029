using Amazon.EC2.Model;
using Amazon.Runtime.Internal;
using Amazon.Shared;

namespace Amazon.EC2;

/// <summary>Each operation's request members and answer fields. EC2 declares no errors.</summary>
internal static class EC2Operations
{
    public static readonly InvokeOptions DescribeInstances = FormOperation.Define<DescribeInstancesRequest, DescribeInstancesResponse>(
        AmazonEC2Config.Traits, FormProtocol.Ec2, nameof(DescribeInstances),
        static (form, request) =>
        {
            form.Add("DryRun", request.DryRun);
            form.Add("Filter", request.Filters, static (f, filter) =>
            {
                f.Add("Name", filter.Name);
                f.Add("Value", filter.Values);
            });
            form.Add("InstanceId", request.InstanceIds);
            form.Add("MaxResults", request.MaxResults);
            form.Add("NextToken", request.NextToken);
        },
        static (xml, response) =>
        {
            if (xml.Name == "nextToken") response.NextToken = xml.Text();
            else if (xml.Name == "reservationSet") response.Reservations = xml.List("item", Reservation) ?? response.Reservations;
        },
        new ErrorTable(static (m, e, t, c, r, s) => new AmazonEC2Exception(m, e, t, c, r, s)));

    private static Reservation Reservation(XmlFields xml)
    {
        var reservation = xml.Object<Reservation>(static (x, r) =>
        {
            switch (x.Name)
            {
                case "groupSet": r.Groups = x.List("item", InstanceReaders.Group) ?? r.Groups; break;
                case "instancesSet": r.Instances = x.List("item", InstanceReaders.Instance) ?? r.Instances; break;
                case "ownerId": r.OwnerId = x.Text(); break;
                case "requesterId": r.RequesterId = x.Text(); break;
                case "reservationId": r.ReservationId = x.Text(); break;
            }
        });
        if (reservation.Groups is { Count: > 0 } groups) reservation.GroupNames = groups.ConvertAll(static g => g.GroupName);
        return reservation;
    }
}
