using System.Text.Json.Serialization;

namespace TargetDrain.Announcements;

/// <summary>Our events are only ever written: without what reading needs, the function is smaller.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Serialization, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(DrainEnd))]
[JsonSerializable(typeof(FoundOrphan))]
internal sealed partial class AnnouncementJson : JsonSerializerContext;
