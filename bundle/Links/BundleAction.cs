namespace Edge.Bundles.Links;

/// <summary>How a bundle came to serve.</summary>
public enum BundleAction
{
    /// <summary>It was the candidate.</summary>
    Promote,

    /// <summary>It had served before, and serves again.</summary>
    Rollback,
}
