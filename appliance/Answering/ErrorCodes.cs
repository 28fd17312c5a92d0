namespace Edge.Appliance.Answering;

/// <summary>Codes of <c>edge/error/&lt;line&gt;</c> and of HTTP errors; docs/reference/mqtt.md explains them.</summary>
internal static class ErrorCodes
{
    public const string InvalidUtf8 = "invalidUtf8";
    public const string InvalidJson = "invalidJson";
    public const string BadField = "badField";
    public const string EmptyText = "emptyText";
    public const string TextTooLong = "textTooLong";
    public const string MessageTooLarge = "messageTooLarge";
    public const string BadLine = "badLine";
    public const string BadResponseTopic = "badResponseTopic";
    public const string BodyTooLarge = "bodyTooLarge";
    public const string Overloaded = "overloaded";
    public const string AnalysisFailed = "analysisFailed";
    public const string AnswerRefused = "answerRefused";

    /// <summary>All of them, in the order of the documentation.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        InvalidUtf8, InvalidJson, BadField, EmptyText, TextTooLong, MessageTooLarge, BadLine, BadResponseTopic, BodyTooLarge,
        Overloaded, AnalysisFailed, AnswerRefused,
    ];
}
