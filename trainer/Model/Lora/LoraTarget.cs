using System.Text.Json.Serialization;

namespace Edge.Trainer.Model.Lora;

/// <summary>Projections of an encoder layer.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<LoraTarget>))]
internal enum LoraTarget
{
    /// <summary>Attention queries.</summary>
    [JsonStringEnumMemberName("query")]
    Query,

    /// <summary>Attention keys.</summary>
    [JsonStringEnumMemberName("key")]
    Key,

    /// <summary>Attention values.</summary>
    [JsonStringEnumMemberName("value")]
    Value,

    /// <summary>The projection after attention.</summary>
    [JsonStringEnumMemberName("attentionOutput")]
    AttentionOutput,

    /// <summary>The wide half of the feed-forward network.</summary>
    [JsonStringEnumMemberName("intermediate")]
    Intermediate,

    /// <summary>The narrow half of the feed-forward network.</summary>
    [JsonStringEnumMemberName("output")]
    Output,
}
