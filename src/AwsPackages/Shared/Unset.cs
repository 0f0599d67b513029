namespace Amazon.Shared;

/// <summary>What a collection property holds before anything is assigned to it: null, unless AWSConfigs says otherwise.</summary>
internal static class Unset
{
    public static List<T> List<T>() => AWSConfigs.InitializeCollections ? [] : null;

    /// <summary>An empty list is sent, a list that was never set is not.</summary>
    public static bool IsSent<T>(ICollection<T> collection) =>
        collection is not null && (collection.Count > 0 || !AWSConfigs.InitializeCollections);
}
