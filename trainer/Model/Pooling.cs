using System.Text.Json.Serialization;

namespace Edge.Trainer.Model;

/// <summary>What the heads that judge a whole utterance read: tanh(pooler.dense(x)), with this as x.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Pooling>))]
internal enum Pooling
{
    /// <summary>The hidden state of [CLS], the first token (Devlin et al. 2019).</summary>
    [JsonStringEnumMemberName("cls")]
    Cls,

    /// <summary>The mean hidden state of all tokens that are not padding, [CLS] and [SEP] included.</summary>
    [JsonStringEnumMemberName("mean")]
    Mean,
}
