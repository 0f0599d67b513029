// Metrics are lines of JSON of their own; the runtime wraps what goes through Console, so they bypass it.
using var metricsOutput = new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true };
await TargetDrain.Function.ServeAsync(Environment.GetEnvironmentVariable, TargetDrain.AwsClients.FromEnvironment, metricsOutput, CancellationToken.None);
