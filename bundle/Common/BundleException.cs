namespace Edge.Bundles.Common;

/// <summary>
/// Something about a bundle, or a file on its way into one, is wrong. The message says place, found, expected and remedy.
/// </summary>
public sealed class BundleException : UserException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">Place, found, expected, remedy.</param>
    /// <param name="innerException">What went wrong below, where something did.</param>
    public BundleException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
