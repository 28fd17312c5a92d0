using System.Text.Json.Serialization;

namespace Edge.Trainer.Training.FineTuning;

/// <summary>What is done about labels that are rarer than others.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ClassBalance>))]
internal enum ClassBalance
{
    /// <summary>Nothing: every utterance counts the same.</summary>
    [JsonStringEnumMemberName("none")]
    None,

    /// <summary>Utterances of rare labels count more in the loss.</summary>
    [JsonStringEnumMemberName("weights")]
    Weights,

    /// <summary>Utterances of rare labels are drawn more often.</summary>
    [JsonStringEnumMemberName("sampling")]
    Sampling,
}
