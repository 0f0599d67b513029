using System.Text.Json.Nodes;
using TargetDrain.Emulator.Journal;
using TargetDrain.Reliability;
using Xunit;

namespace TargetDrain.Tests.Reliability;

public sealed class LogTests
{
    [Fact]
    public void The_body_of_a_message_is_never_in_the_log() => Assert.Empty(Stage.Play(async stage =>
    {
        const string secret = "secret-of-the-sender";
        var group = stage.Group("web", delay: 30);
        var instance = stage.Serve(group);
        stage.Scale("web", heartbeat: 3600, instance);
        foreach (var sample in Samples.Messages)
        {
            var message = JsonNode.Parse(sample)!.AsObject();
            message["NotificationMetadata"] = secret;
            if (message["detail"] is JsonObject detail) detail["NotificationMetadata"] = secret;
            // Some are understood, some refused; both are acknowledged or dead-lettered in the end.
            stage.Poison(message.ToJsonString());
            message["time"] = "never";
            message["Time"] = "never";
            stage.Poison(message.ToJsonString());
        }
        stage.ScaleIn(instance);
        await stage.Pass(7200);

        Assert.NotEmpty(stage.World.Journal.Of<FunctionLogged>());
        Assert.DoesNotContain(stage.World.Journal.Of<FunctionLogged>(), entry => entry.Line.Contains(secret, StringComparison.Ordinal));
    }));
}
