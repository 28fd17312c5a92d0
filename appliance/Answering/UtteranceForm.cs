namespace Edge.Appliance.Answering;

/// <summary>How a payload is to be read.</summary>
internal enum UtteranceForm
{
    /// <summary>JSON where the first character that is not white space is <c>{</c>, else plain text.</summary>
    Either,

    /// <summary>Plain text, whatever it begins with.</summary>
    PlainText,

    /// <summary>A JSON object.</summary>
    Json,
}
