using System.Text.Json.Serialization;

namespace Edge.Trainer.Distillation;

/// <summary>Which weights of its teacher a student starts from.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<StartingWeights>))]
internal enum StartingWeights
{
    /// <summary>Those before the labels: the student finds its own way, and has all its epochs for it.</summary>
    [JsonStringEnumMemberName("pretrained")]
    Pretrained,

    /// <summary>Those of the first trained teacher: the student goes on where that one ended.</summary>
    [JsonStringEnumMemberName("trained")]
    Trained,
}
