using TargetDrain.Local.Diagnostics;
using TargetDrain.Local.Draining;
using TargetDrain.Local.Hooks;
using TargetDrain.Local.Planning;
using TargetDrain.Local.Survey;

namespace TargetDrain.Local.Commands;

/// <summary>What commands answer with --json.</summary>
[JsonSourceGenerationOptions(WriteIndented = true)]
[JsonSerializable(typeof(DrainPlan))]
[JsonSerializable(typeof(AccountSurvey))]
[JsonSerializable(typeof(OrphanList))]
[JsonSerializable(typeof(DrainReport))]
[JsonSerializable(typeof(CheckUp))]
[JsonSerializable(typeof(HookList))]
internal sealed partial class AnswerJson : JsonSerializerContext;
