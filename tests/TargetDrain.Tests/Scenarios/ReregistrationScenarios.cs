using TargetDrain.Emulator.Compute;
using Xunit;

namespace TargetDrain.Tests.Scenarios;

public sealed class ReregistrationScenarios
{
    [Fact]
    public void What_is_registered_again_while_it_drains_is_taken_out_again_and_waited_for() => Scenario.Play(async scenario =>
    {
        var group = scenario.Group("web", delay: 120);
        var instance = scenario.Serve(group);
        scenario.Scale([instance]);
        scenario.Terminate(instance);
        await scenario.Pass(60);

        scenario.Register(group, instance.Id);
        Assert.Equal([$"{instance.Id}:80 healthy"], scenario.In(group));
        await scenario.Pass(70);
        Assert.Equal([$"{instance.Id}:80 draining"], scenario.In(group));
        Assert.Empty(scenario.Ended());
        await scenario.Pass(150);

        Assert.Equal(2, scenario.Calls("DeregisterTargets", group));
        Assert.Equal(["CONTINUE by caller"], scenario.Ended());
    });

    [Fact]
    public void On_another_port_of_the_group_too() => Scenario.Play(async scenario =>
    {
        var group = scenario.Group("web", delay: 60);
        var instance = scenario.Serve(group);
        scenario.Scale([instance]);
        scenario.Terminate(instance);
        await scenario.Pass(30);

        scenario.Register(group, instance.Id, port: 9000);
        await scenario.Pass(200);

        Assert.Empty(scenario.In(group));
        Assert.Equal(["CONTINUE by caller"], scenario.Ended());
    });

    [Fact]
    public void An_address_that_another_host_has_by_now_is_left_to_it() => Scenario.Play(async scenario =>
    {
        var pods = scenario.Group("pods", delay: 60, type: "ip", protocol: "TCP");
        var instance = scenario.World.Compute.RunInstance(new InstanceSpec { Interfaces = [new InterfaceSpec { SecondaryCount = 1 }] });
        var address = instance.Interfaces[0].Addresses[1].ToString();
        scenario.Register(pods, address);
        scenario.Scale([instance]);
        scenario.Terminate(instance);
        await scenario.Pass(30);

        scenario.World.Compute.UnassignPrivateIpAddress(instance.Interfaces[0].Id, address);
        scenario.World.Compute.RunInstance(new InstanceSpec { Interfaces = [new InterfaceSpec { Address = address }] });
        scenario.Register(pods, address);
        await scenario.Pass(200);

        Assert.Equal([$"{address}:80 healthy"], scenario.In(pods));
        Assert.Equal(1, scenario.Calls("DeregisterTargets", pods));
        Assert.Equal(["CONTINUE by caller"], scenario.Ended());
    });
}
