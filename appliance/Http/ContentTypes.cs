namespace Edge.Appliance.Http;

/// <summary>Content types of the endpoint's answers.</summary>
internal static class ContentTypes
{
    public const string Json = "application/json; charset=utf-8";

    public const string PlainText = "text/plain; charset=utf-8";
}
