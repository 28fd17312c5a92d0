using System.Text.Json.Serialization;

namespace Edge.Trainer.Model;

/// <summary>Whether MatMuls run in bfloat16; everything between them stays in single precision.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<BFloat16Use>))]
internal enum BFloat16Use
{
    /// <summary>On a GPU, and on processors that multiply faster in it, which is measured at the start.</summary>
    [JsonStringEnumMemberName("auto")]
    Auto,

    /// <summary>Always.</summary>
    [JsonStringEnumMemberName("on")]
    On,

    /// <summary>Never.</summary>
    [JsonStringEnumMemberName("off")]
    Off,
}
