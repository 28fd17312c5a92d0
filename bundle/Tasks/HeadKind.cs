using System.Text.Json.Serialization;

namespace Edge.Bundles.Tasks;

/// <summary>What a head answers, and with which loss it is trained.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<HeadKind>))]
public enum HeadKind
{
    /// <summary>One label of several (intent, sentiment). Softmax, cross-entropy.</summary>
    [JsonStringEnumMemberName("single")]
    Single,

    /// <summary>Any number of labels (compliance). Sigmoid and binary cross-entropy per label.</summary>
    [JsonStringEnumMemberName("multi")]
    Multi,

    /// <summary>A number from 0 to 1 (suitability of a reply): the sigmoid of the logit. Mean squared error of that number.</summary>
    [JsonStringEnumMemberName("score")]
    Score,

    /// <summary>Labelled spans of the text (entities): BIO tags with constrained decoding.</summary>
    [JsonStringEnumMemberName("span")]
    Span,
}
