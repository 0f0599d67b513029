using TargetDrain.Local;

return await CommandLine.RunAsync(args);
