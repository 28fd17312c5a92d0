global using ModelWeights = System.Collections.Generic.IReadOnlyDictionary<string, Edge.Trainer.Model.WeightTensor>;

namespace Edge.Trainer.Model;

/// <summary>
/// A trained weight outside the training framework. Names are those of Hugging Face's <c>BertModel</c> without <c>bert.</c>;
/// linear weights are [outputs, inputs], as there.
/// </summary>
/// <param name="Values">Values in row-major order.</param>
/// <param name="Shape">Size of each dimension.</param>
internal sealed record WeightTensor(float[] Values, int[] Shape);
